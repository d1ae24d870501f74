//! What an example does: how it signs in, and what it calls.

use crate::emit::context::Cx;
use crate::emit::example::{self, Sample, Seen};
use crate::emit::pairs::Operation;
use crate::ir::{
    self, Alternative, DeviceFlow, OAuth, OAuthFlow, OAuthFlowKind, OperationId, SchemeId,
};
use crate::shape::Session;

/// What an example does.
pub(super) struct Plan<'a> {
    /// How it gets the credential of a scheme, if not from its user.
    pub(super) way: Option<Way<'a>>,
    /// The schemes whose credentials its user has.
    pub(super) credentials: Vec<SchemeId>,
    /// What it calls.
    pub(super) call: Option<OperationId>,
    /// The scopes that the call needs.
    pub(super) scopes: &'a [String],
}

/// How an example gets the credential of a scheme.
#[derive(Clone, Copy)]
pub(super) enum Way<'a> {
    /// By a request that signs in.
    Session(&'a Session, &'a ir::Session),
    /// By a user who confirms on another device.
    Device(&'a Session, &'a DeviceFlow),
    /// From an authorization server.
    OAuth(&'a Session, &'a OAuthFlow),
}

impl<'a> Way<'a> {
    /// What the client has for it.
    pub(super) fn session(self) -> &'a Session {
        match self {
            Self::Session(session, _) | Self::Device(session, _) | Self::OAuth(session, _) => {
                session
            }
        }
    }
}

/// Decides what the example of an API does. Nothing where it could do nothing.
pub(super) fn plan<'a>(cx: &Cx<'a>) -> Option<Plan<'a>> {
    let finder = Finder {
        cx,
        owned: owned(cx),
    };
    finder.by_operations().or_else(|| finder.by_others())
}

/// The operations that sign in, renew and sign out: sessions call them.
fn owned(cx: &Cx<'_>) -> Vec<OperationId> {
    let sessions = cx.api.sessions.iter().flat_map(|it| {
        let renew = it.renew.as_ref().map(|it| it.operation);
        let revoke = it.revoke.as_ref().map(|it| it.operation);
        [Some(it.acquire.operation), renew, revoke]
    });
    let flows = cx.api.device_flows.iter();
    let flows = flows.flat_map(|it| [Some(it.start.operation), Some(it.poll.operation)]);
    sessions.chain(flows).flatten().collect()
}

/// How bad a choice an operation is, the worst first: it is deprecated, it changes something, it can do without a
/// credential, it is not `GET`.
type Rank = (bool, bool, bool, bool);

struct Finder<'c, 'a> {
    cx: &'c Cx<'a>,
    owned: Vec<OperationId>,
}

impl<'a> Finder<'_, 'a> {
    /// By operations that sign in, or by which a user confirms.
    fn by_operations(&self) -> Option<Plan<'a>> {
        let shapes = || self.cx.shape.sessions.iter();
        let api = self.cx.api;
        let sessions = shapes().filter_map(|it| Some(Way::Session(it, api.session(it.scheme)?)));
        let flows = shapes().filter_map(|it| Some(Way::Device(it, api.device_flow(it.scheme)?)));
        [sessions.collect(), flows.collect::<Vec<_>>()]
            .into_iter()
            .find_map(|ways: Vec<_>| {
                let plans = || ways.iter().filter_map(|way| self.plan_of(*way));
                let calling = plans().find(|it| it.call.is_some());
                calling.or_else(|| plans().next())
            })
    }

    /// By an authorization server, or by credentials that the user has, or by nothing.
    fn by_others(&self) -> Option<Plan<'a>> {
        let ways = self.cx.shape.sessions.iter().filter_map(|it| {
            let flow = best_flow(self.cx.api.oauth(it.scheme)?)?;
            Some(Way::OAuth(it, flow))
        });
        let mut plans = ways.filter_map(|way| self.plan_of(way));
        let by_server = plans.find(|it| it.call.is_some());
        by_server.or_else(|| {
            let call = self.find(None)?;
            Some(Plan {
                way: None,
                credentials: self.credentials([call], None)?,
                call: Some(call),
                scopes: &[],
            })
        })
    }

    /// What to do with a way to sign in. Nothing where that needs what nobody has.
    fn plan_of(&self, way: Way<'a>) -> Option<Plan<'a>> {
        let scheme = way.session().scheme;
        let check = match way {
            Way::Device(_, flow) => flow.check.filter(|it| self.is_callable(*it, Some(scheme))),
            Way::Session(..) | Way::OAuth(..) => None,
        };
        let call = check.or_else(|| self.find(Some(scheme)));
        let signing_in = match way {
            Way::Session(_, it) => {
                let renew = it.renew.as_ref().map(|it| it.operation);
                let revoke = it.revoke.as_ref().map(|it| it.operation);
                vec![Some(it.acquire.operation), renew, revoke]
            }
            Way::Device(_, it) => vec![Some(it.start.operation), Some(it.poll.operation)],
            Way::OAuth(..) => Vec::new(),
        };
        if let Some(Some(first)) = signing_in.first()
            && !self.has_arguments(*first, false)
        {
            return None;
        }
        let calls = signing_in.into_iter().flatten().chain(call);
        let scopes = call.and_then(|it| {
            let schemes = &self.alternative(it, Some(scheme))?.schemes;
            let wanted = schemes.iter().find(|(id, _)| *id == scheme)?;
            Some(&wanted.1[..])
        });
        Some(Plan {
            way: Some(way),
            credentials: self.credentials(calls, Some(scheme))?,
            call,
            scopes: scopes.unwrap_or_default(),
        })
    }

    /// The credentials that calls need besides that of a scheme. Nothing where one needs what nobody has.
    fn credentials(
        &self,
        calls: impl IntoIterator<Item = OperationId>,
        scheme: Option<SchemeId>,
    ) -> Option<Vec<SchemeId>> {
        let mut needed = Vec::new();
        for call in calls {
            let own = scheme.filter(|it| self.alternative(call, Some(*it)).is_some());
            if self.cx.api[call].security.is_empty() {
                continue;
            }
            let schemes = self.alternative(call, own)?.schemes.iter();
            let schemes = schemes.map(|(id, _)| *id);
            needed.extend(schemes.filter(|it| Some(*it) != scheme));
        }
        needed.sort();
        needed.dedup();
        Some(needed)
    }

    /// The operation to call, which wants the credential of a scheme, if there is one.
    fn find(&self, scheme: Option<SchemeId>) -> Option<OperationId> {
        let ids = (0..).map(OperationId).zip(&self.cx.api.operations);
        let ids = ids.map(|(id, _)| id);
        let ids = ids.filter(|id| !self.owned.contains(id));
        let ranked = ids.filter_map(|id| Some((self.rank(id, scheme)?, id)));
        let mut ranked: Vec<(Rank, OperationId)> = ranked.collect();
        ranked.sort();
        // Among those of a rank, one that the document has all values of.
        ranked
            .chunk_by(|one, other| one.0 == other.0)
            .find_map(|same| {
                let of = |is_known| {
                    let mut ids = same.iter().map(|(_, id)| *id);
                    ids.find(|id| self.has_arguments(*id, is_known))
                };
                of(true).or_else(|| of(false))
            })
    }

    /// How good an operation is. Nothing where it cannot be called.
    fn rank(&self, id: OperationId, scheme: Option<SchemeId>) -> Option<Rank> {
        let operation = &self.cx.api[id];
        if !operation.security.is_empty() {
            self.alternative(id, scheme)?;
        } else if scheme.is_some() {
            return None;
        }
        let is_safe = match operation.method.as_str() {
            "GET" | "HEAD" | "OPTIONS" | "QUERY" | "TRACE" => true,
            // Nobody wants an example to delete things.
            "DELETE" => return None,
            _ => false,
        };
        let mut alternatives = operation.security.iter();
        let is_optional =
            operation.security.is_empty() || alternatives.any(Alternative::is_anonymous);
        let is_other = operation.method != "GET";
        Some((operation.deprecated, !is_safe, is_optional, is_other))
    }

    /// Whether an operation can be called with the credential of a scheme.
    fn is_callable(&self, id: OperationId, scheme: Option<SchemeId>) -> bool {
        self.alternative(id, scheme).is_some() && self.has_arguments(id, false)
    }

    /// The first alternative that the client can satisfy, and that wants the credential of the scheme.
    fn alternative(&self, id: OperationId, scheme: Option<SchemeId>) -> Option<&'a Alternative> {
        let api = self.cx.api;
        let mut alternatives = api[id].security.iter();
        alternatives.find(|it| {
            let wants = |scheme| it.schemes.iter().any(|(id, _)| *id == scheme);
            it.foreign.is_empty() && api.conflict(it).is_none() && scheme.is_none_or(wants)
        })
    }

    /// Whether there are values for what a call cannot do without, known ones if they have to be.
    fn has_arguments(&self, id: OperationId, is_known: bool) -> bool {
        let seen = Seen::default();
        let ask = |_: &str| example::Expression::plain("");
        let sample = Sample::to_run(self.cx, &ask, &seen);
        let found = example::arguments(&sample, Operation::new(self.cx, id));
        found.is_some() && !(is_known && seen.unknown.get())
    }
}

/// The flow that an example can go through most easily: with the fewest people, and none that is obsolete if there is
/// another.
fn best_flow(oauth: &OAuth) -> Option<&OAuthFlow> {
    oauth.flows.iter().min_by_key(|it| match it.kind {
        OAuthFlowKind::ClientCredentials => 0,
        OAuthFlowKind::Device => 1,
        OAuthFlowKind::AuthorizationCode => 2,
        OAuthFlowKind::Password => 3,
        OAuthFlowKind::Implicit => 4,
    })
}
