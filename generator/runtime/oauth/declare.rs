//! The macro that declares the OAuth 2 methods of an API.

/// Declares the methods of a client and its builder for the flows of a security scheme, in addition to those of its
/// session.
///
/// ```ignore
/// runtime::oauth::declare! {
///     PETSTORE_AUTH_SESSION of Client;
///     client_credentials {
///         /// Gets tokens for the app itself.
///         petstore_auth_client_credentials at Endpoints { .. }
///     }
/// }
/// ```
#[allow(unused_macros, reason = "no API with OAuth 2 need be on")]
macro_rules! declare {
    (
        $plan:ident of $client:ident;
        $($flow:ident {
            $(#[$attribute:meta])*
            $name:ident at $endpoints:expr
        })*
    ) => {
        $(runtime::oauth::declare! {
            @$flow $plan $client $name
            {
                use runtime::oauth::Endpoints;
                #[allow(unused_imports, reason = "the document may say where everything is")]
                use runtime::oauth::Metadata;

                $endpoints
            }
            $(#[$attribute])*
        })*
    };

    (@client_credentials $plan:ident $client:ident $name:ident $endpoints:block $(#[$attribute:meta])*) => {
        impl ClientBuilder {
            $(#[$attribute])*
            pub fn $name(mut self, app: runtime::oauth::App) -> Self {
                static ENDPOINTS: runtime::oauth::Endpoints = $endpoints;
                self.inner.session(&$plan, |session| {
                    runtime::oauth::client_credentials(session, &ENDPOINTS, app)
                });
                self
            }
        }
    };
    (@password $plan:ident $client:ident $name:ident $endpoints:block $(#[$attribute:meta])*) => {
        impl ClientBuilder {
            $(#[$attribute])*
            pub fn $name(
                mut self,
                app: runtime::oauth::App,
                username: impl Into<String>,
                password: impl Into<secrecy::SecretString>,
            ) -> Self {
                static ENDPOINTS: runtime::oauth::Endpoints = $endpoints;
                self.inner.session(&$plan, |session| {
                    runtime::oauth::password(session, &ENDPOINTS, app, username, password)
                });
                self
            }
        }
    };
    (@app $plan:ident $client:ident $name:ident $endpoints:block $(#[$attribute:meta])*) => {
        impl ClientBuilder {
            $(#[$attribute])*
            pub fn $name(mut self, app: runtime::oauth::App) -> Self {
                static ENDPOINTS: runtime::oauth::Endpoints = $endpoints;
                self.inner.session(&$plan, |session| {
                    runtime::oauth::stored(session, &ENDPOINTS, app)
                });
                self
            }
        }
    };
    (@authorization_code $($rest:tt)*) => {
        runtime::oauth::declare! { @browser code $($rest)* }
    };
    (@implicit $($rest:tt)*) => {
        runtime::oauth::declare! { @browser implicit $($rest)* }
    };
    (@browser $way:ident $plan:ident $client:ident $name:ident $endpoints:block $(#[$attribute:meta])*) => {
        impl $client {
            $(#[$attribute])*
            pub fn $name(
                &self,
                app: runtime::oauth::App,
                redirect_url: impl Into<String>,
            ) -> runtime::oauth::Authorization<Self> {
                static ENDPOINTS: runtime::oauth::Endpoints = $endpoints;
                let redirect_url = redirect_url.into();
                runtime::oauth::Authorization::$way(&$plan, &ENDPOINTS, &self.inner, app, redirect_url, |inner| Self { inner })
            }
        }
    };
    (@device $plan:ident $client:ident $name:ident $endpoints:block $(#[$attribute:meta])*) => {
        impl $client {
            $(#[$attribute])*
            pub fn $name(&self, app: runtime::oauth::App) -> runtime::session::Confirmation<Self> {
                static ENDPOINTS: runtime::oauth::Endpoints = $endpoints;
                runtime::oauth::device(&$plan, &ENDPOINTS, &self.inner, app, |inner| Self { inner })
            }
        }
    };
}

#[allow(unused_imports, reason = "no API with OAuth 2 need be on")]
pub(crate) use declare;
