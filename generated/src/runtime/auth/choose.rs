//! Chooses the credentials of a request: those of the first alternative that can be satisfied.

use secrecy::ExposeSecret;

use super::place::text;
use super::{
    AuthError, Client, Credential, CredentialRequest, CredentialSource, Description, Error, Scheme,
    SchemeKind,
};

/// A credential that is chosen for an attempt.
pub(crate) struct Chosen {
    /// The index of the scheme in the API's list.
    index: usize,
    pub(super) scheme: &'static Scheme,
    pub(super) credential: Credential,
}

/// Chooses the first alternative whose schemes all have a credential, or an argument that replaces it. An alternative
/// without schemes is chosen only if no other one can be satisfied, since a credential that is set is meant to be sent.
///
/// `replaced` tells for each scheme whether an argument replaces its credential. An alternative is not satisfied if two
/// different credentials would have to go in the same place, since one of them would be lost.
pub(crate) async fn choose(
    client: &Client,
    operation: &'static Description,
    replaced: &[bool],
) -> Result<Vec<Chosen>, Error> {
    let schemes = client.shared.api.schemes;
    let mut conflict = None;
    for alternative in operation.security.iter().filter(|it| !it.is_empty()) {
        let Some(chosen) = complete(client, operation, alternative, replaced).await? else {
            continue;
        };
        match conflict_of(&chosen) {
            Some(found) => conflict = conflict.or(Some(found)),
            None => return Ok(chosen),
        }
    }
    // Who has set both wants to be known to the server, even where it would answer strangers, too.
    if let Some((one, other)) = conflict {
        return Err(AuthError::conflict(operation, one, other).into());
    }
    if operation.takes_strangers() {
        return Ok(Vec::new());
    }
    Err(AuthError::missing(operation, schemes).into())
}

/// Returns the credentials of an alternative, if each scheme that no argument replaces has one.
async fn complete(
    client: &Client,
    operation: &'static Description,
    alternative: &[usize],
    replaced: &[bool],
) -> Result<Option<Vec<Chosen>>, Error> {
    let (schemes, sources) = (client.shared.api.schemes, &client.credentials);
    let mut chosen = Vec::new();
    for &index in alternative {
        if replaced.get(index) == Some(&true) {
            continue;
        }
        let (Some(scheme), Some(Some(source))) = (schemes.get(index), sources.get(index)) else {
            return Ok(None);
        };
        if matches!(scheme.kind, SchemeKind::MutualTls) {
            // The transport shows it.
            continue;
        }
        let request = CredentialRequest {
            client,
            operation,
            scheme,
        };
        let Some(credential) = source.credential(request).await? else {
            return Ok(None);
        };
        chosen.push(Chosen {
            index,
            scheme,
            credential,
        });
    }
    Ok(Some(chosen))
}

/// Tells providers that the server has refused their credentials. Returns `true` if another attempt may succeed.
pub(crate) fn refuse(client: &Client, operation: &'static Description, sent: &[Chosen]) -> bool {
    let refused = sent.iter().map(|it| {
        let Some(Some(CredentialSource::Provider(provider))) = client.credentials.get(it.index)
        else {
            return false;
        };
        let request = CredentialRequest {
            client,
            operation,
            scheme: it.scheme,
        };
        provider.refused(request, &it.credential)
    });
    // Each of them is told.
    refused.fold(false, |any, one| any | one)
}

/// Returns two schemes that would write different values to the same place.
fn conflict_of(chosen: &[Chosen]) -> Option<(&'static Scheme, &'static Scheme)> {
    let text = |it: &Chosen| text(it.scheme.kind, &it.credential);
    let differ = |one: &Chosen, other: &Chosen| {
        let texts = (text(one), text(other));
        // One that cannot be sent at all is reported as that.
        matches!(texts, (Ok(one), Ok(other)) if one.expose_secret() != other.expose_secret())
    };
    chosen.iter().enumerate().find_map(|(index, one)| {
        let mut others = chosen[index + 1..].iter();
        let is_there = |it: &&Chosen| it.scheme.kind.is_sent_like(one.scheme.kind);
        let other = others.find(|it| is_there(it) && differ(one, it))?;
        Some((one.scheme, other.scheme))
    })
}
