//! Sessions, device flows and authorization servers as text.

use super::{
    Api, DeviceFlow, DeviceGrant, Expiry, Grant, MessagePart, OAuth, OAuthMetadata, Session,
    SessionPart,
};
use crate::lines::Lines;

pub(super) fn print_session(out: &mut Lines, api: &Api, session: &Session) {
    out.add(0, format!("session {}", api[session.scheme].name));
    print_grant(out, api, "acquire", &session.acquire);
    if let Some(renew) = &session.renew {
        print_grant(out, api, "renew", renew);
    }
    if let Some(revoke) = &session.revoke {
        let all = if revoke.ends_all { " ends all" } else { "" };
        out.add(1, format!("revoke by {}{all}", api[revoke.operation].id));
        print_sends(out, &revoke.sends);
    }
}

fn print_grant(out: &mut Lines, api: &Api, task: &str, grant: &Grant) {
    out.add(1, format!("{task} by {}", api[grant.operation].id));
    print_sends(out, &grant.sends);
    out.add(2, format!("token from {}", grant.token));
    if let Some(part) = &grant.refresh_token {
        out.add(2, format!("refreshToken from {part}"));
    }
    match &grant.expiry {
        Expiry::Unknown => {}
        Expiry::Lifetime(time) => out.add(2, format!("expires in {} s", time.as_secs())),
        Expiry::In(part) => out.add(2, format!("expires in seconds from {part}")),
        Expiry::At(part) => out.add(2, format!("expires at moment from {part}")),
    }
    out.add(2, format!("ended by {:?}", grant.ended));
}

fn print_sends(out: &mut Lines, sends: &[(MessagePart, SessionPart)]) {
    for (to, part) in sends {
        out.add(2, format!("send {} to {to}", part.as_str()));
    }
}

pub(super) fn print_device_flow(out: &mut Lines, api: &Api, flow: &DeviceFlow) {
    let (start, poll) = (&flow.start, &flow.poll);
    out.add(0, format!("device flow {}", api[flow.scheme].name));
    out.add(1, format!("start by {}", api[start.operation].id));
    out.add(2, format!("token from {}", start.token));
    let parts = [
        ("url", &start.url),
        ("code", &start.code),
        ("interval", &start.interval),
        ("expiresIn", &start.expires_in),
    ];
    for (name, part) in parts {
        if let Some(part) = part {
            out.add(2, format!("{name} from {part}"));
        }
    }
    out.add(1, format!("poll by {}", api[poll.operation].id));
    for to in &poll.sends {
        out.add(2, format!("send token to {to}"));
    }
    let (every, after) = (poll.interval.as_secs(), poll.deadline.as_secs());
    out.add(2, format!("every {every} s until {after} s"));
    let (pending, slow_down, gone) = (&poll.pending, &poll.slow_down, &poll.gone);
    out.add(
        2,
        format!("pending {pending:?} slowDown {slow_down:?} gone {gone:?}"),
    );
    match &poll.grant {
        DeviceGrant::Basic { username, password } => {
            out.add(2, format!("username from {username}"));
            out.add(2, format!("password from {password}"));
        }
        DeviceGrant::Token(token) => out.add(2, format!("token from {token}")),
    }
    if let Some(check) = flow.check {
        out.add(1, format!("check by {}", api[check].id));
    }
}

pub(super) fn print_oauth(out: &mut Lines, api: &Api, oauth: &OAuth) {
    out.add(0, format!("oauth {}", api[oauth.scheme].name));
    match &oauth.metadata {
        None => {}
        Some(OAuthMetadata::OAuth(url)) => out.add(1, format!("metadata {url}")),
        Some(OAuthMetadata::OpenId(url)) => out.add(1, format!("OpenID Connect {url}")),
    }
    for flow in &oauth.flows {
        let endpoints = [
            ("authorization", &flow.endpoints.authorization),
            ("device", &flow.endpoints.device_authorization),
            ("token", &flow.endpoints.token),
            ("refresh", &flow.endpoints.refresh),
        ];
        let urls = endpoints.iter();
        let urls = urls.filter_map(|(name, url)| Some(format!(" {name} {}", url.as_ref()?)));
        let urls: String = urls.collect();
        let scopes: Vec<&str> = flow.scopes.iter().map(|(name, _)| name.as_str()).collect();
        out.add(1, format!("{}{urls} scopes {scopes:?}", flow.kind.as_str()));
    }
}
