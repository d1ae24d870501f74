//! Authorization on another device (RFC 8628).

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::Poll as Progress;
use std::time::{Duration, SystemTime};

use oauth2::{DeviceAuthorizationUrl, StandardDeviceAuthorizationResponse, TokenUrl};

use super::error::Fault;
use super::grants::{First, Grants, tokens};
use super::server::{Purpose, Server};
use super::{
    App, Authority, Beginning, BoxFuture, Client, Clock, Confirmation, ConfirmationError,
    Endpoints, Plan, Poll, Polled, Start, Started,
};

/// Longer than any poll takes. The confirmation itself has the deadline.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Returns a confirmation in which a user authorizes an app on another device. `make` creates the client of the API.
pub fn device<C>(
    plan: &'static Plan,
    endpoints: &'static Endpoints,
    client: &Client,
    app: App,
    make: fn(Client) -> C,
) -> Confirmation<C> {
    let start = StartDevice(Server { endpoints, app });
    Confirmation::by(start, Beginning::new(plan, client, make))
}

/// The device authorization endpoint.
struct StartDevice(Server);

impl Start for StartDevice {
    fn start(
        self: Box<Self>,
        client: Client,
    ) -> BoxFuture<'static, Result<Started, ConfirmationError>> {
        Box::pin(async move {
            let name = self.0.name();
            let started = start(self.0, &client).await;
            started.map_err(|fault| fault.of_confirmation(name))
        })
    }
}

async fn start(server: Server, client: &Client) -> Result<Started, Fault> {
    let endpoint = server
        .endpoint(client, Purpose::DeviceAuthorization)
        .await?;
    let url = DeviceAuthorizationUrl::from_url(endpoint.url().clone());
    let protocol = server.app.client().set_device_authorization_url(url);
    let mut request = protocol.exchange_device_code();
    request = request.add_scopes(server.app.asked_scopes());
    for (name, value) in server.app.extras() {
        request = request.add_extra_param(name, value);
    }
    let response = request.request_async(&endpoint).await;
    let response: StandardDeviceAuthorizationResponse = endpoint.judge(response)?;
    let complete_url = response.verification_uri_complete();
    Ok(Started {
        url: Some(response.verification_uri().to_string()),
        complete_url: complete_url.map(|it| it.secret().clone()),
        code: Some(response.user_code().secret().clone()),
        interval: response.interval(),
        deadline: response.expires_in(),
        poll: Box::new(PollToken { server, response }),
    })
}

/// The token endpoint, which is polled for the token of a device.
struct PollToken {
    server: Server,
    response: StandardDeviceAuthorizationResponse,
}

impl Poll for PollToken {
    fn name(&self) -> &'static str {
        self.server.name()
    }

    fn poll<'a>(
        &'a self,
        client: &'a Client,
        clock: &'a dyn Clock,
    ) -> BoxFuture<'a, Result<Polled, ConfirmationError>> {
        Box::pin(async move {
            let polled = self.run(client, clock).await;
            polled.map_err(|fault| fault.of_confirmation(self.server.name()))
        })
    }

    fn authority(&self) -> Option<Arc<dyn Authority>> {
        Some(Arc::new(Grants {
            server: self.server.clone(),
            first: First::Nothing,
        }))
    }
}

impl PollToken {
    /// Polls once. The crate would poll repeatedly, so it gets a clock that stands still and is stopped when it waits.
    async fn run(&self, client: &Client, clock: &dyn Clock) -> Result<Polled, Fault> {
        let endpoint = self.server.endpoint(client, Purpose::Token).await?;
        let protocol = self.server.app.client();
        let protocol = protocol.set_token_uri(TokenUrl::from_url(endpoint.url().clone()));
        let mut request = protocol.exchange_device_access_token(&self.response);
        for (name, value) in self.server.app.extras() {
            request = request.add_extra_param(name, value);
        }
        let waits = AtomicBool::new(false);
        let wait = |_| {
            waits.store(true, Ordering::Relaxed);
            std::future::pending()
        };
        let request = request.set_time_fn(|| SystemTime::UNIX_EPOCH.into());
        let mut request = pin!(request.request_async(&endpoint, wait, Some(DAY)));
        let answer = poll_fn(|cx| match request.as_mut().poll(cx) {
            Progress::Ready(answer) => Progress::Ready(Some(answer)),
            Progress::Pending if waits.load(Ordering::Relaxed) => Progress::Ready(None),
            Progress::Pending => Progress::Pending,
        });
        let response = match (answer.await, endpoint.received()) {
            (None, None) => return Ok(Polled::Lost),
            (None, Some(received)) => {
                let code = received.refusal.as_ref().map(super::Refusal::code);
                let asked = received.retry_after();
                return Ok(match code {
                    Some("slow_down") => Polled::SlowDown(asked),
                    _ => Polled::Pending(asked),
                });
            }
            (Some(Err(_)), Some(received)) if received.is_busy() => {
                return Ok(Polled::Pending(received.retry_after()));
            }
            (Some(response), _) => endpoint.judge(response)?,
        };
        tokens(&endpoint, &response, clock).map(Polled::Given)
    }
}
