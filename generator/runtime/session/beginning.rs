//! How a session begins that a user has agreed to.

use std::sync::Arc;

use super::Clock;
use super::authority::Authority;
use super::plan::Plan;
use super::store::TokenStore;
use super::token::Tokens;
use super::{Client, without};

/// What becomes of the tokens that a user's consent gives: a client that is signed in.
pub(crate) struct Beginning<C> {
    plan: &'static Plan,
    /// A client without the credential that is asked for: it asks for something new.
    pub(crate) client: Client,
    pub(crate) store: Option<Arc<dyn TokenStore>>,
    pub(crate) clock: Arc<dyn Clock>,
    make: fn(Client) -> C,
}

impl<C> Beginning<C> {
    /// Returns what a client begins with. `make` makes the client of the API.
    pub(crate) fn new(plan: &'static Plan, client: &Client, make: fn(Client) -> C) -> Self {
        Self {
            plan,
            client: without(client, plan.scheme),
            store: None,
            clock: Arc::clone(&client.shared.clock),
            make,
        }
    }

    /// Keeps tokens, and returns a client that has them. What renews them is the authority, if there is one, and else
    /// what the plan says.
    pub(crate) async fn client_with(
        &self,
        mut tokens: Tokens,
        authority: Option<Arc<dyn Authority>>,
    ) -> C {
        if let Some(store) = &self.store {
            // Even where the lock does not come: nobody else has these tokens.
            let lock = store.lock().await;
            // Where this fails, the client has the tokens, and its session says so: there may be no other ones.
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
