//! The start of a session after a user has confirmed it.

use std::sync::Arc;

use super::Clock;
use super::authority::Authority;
use super::plan::Plan;
use super::store::TokenStore;
use super::token::Tokens;
use super::{Client, without};

/// Turns the tokens of a user's consent into a signed-in client.
pub(crate) struct Beginning<C> {
    plan: &'static Plan,
    /// A client without the credential that is requested.
    pub(crate) client: Client,
    pub(crate) store: Option<Arc<dyn TokenStore>>,
    pub(crate) clock: Arc<dyn Clock>,
    make: fn(Client) -> C,
}

impl<C> Beginning<C> {
    /// Returns the start of a session for a client. `make` creates the client of the API.
    pub(crate) fn new(plan: &'static Plan, client: &Client, make: fn(Client) -> C) -> Self {
        Self {
            plan,
            client: without(client, plan.scheme),
            store: None,
            clock: Arc::clone(&client.shared.clock),
            make,
        }
    }

    /// Stores tokens and returns a client that uses them. The authority renews them, if there is one, and the plan's
    /// operations otherwise.
    pub(crate) async fn client_with(
        &self,
        mut tokens: Tokens,
        authority: Option<Arc<dyn Authority>>,
    ) -> C {
        if let Some(store) = &self.store {
            // Even where the lock does not come: nobody else has these tokens.
            let lock = store.lock().await;
            // If this fails, the client still has the tokens, and its state shows it: there may be no other tokens.
            tokens.is_stored = store.save(tokens.to_text()).await.is_ok();
            drop(lock);
        }
        let (store, clock) = (self.store.clone(), Arc::clone(&self.clock));
        let client = self.client.with_session(self.plan, |session| {
            let session = session.keeping(tokens, store, clock);
            match authority {
                Some(authority) => session.authority(authority),
                None => session,
            }
        });
        (self.make)(client)
    }
}
