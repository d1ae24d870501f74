//! Macros that declare the parts that differ from API to API: the client, the headers of responses, and the errors.
//!
//! They are called by path (`runtime::client!(..)`) and need `runtime` in scope.

/// Declares the client of an API and its builder: the methods that every client has, and the methods that take the
/// credential of each security scheme.
///
/// ```ignore
/// runtime::client! {
///     /// A client of the pet store.
///     pub Client of API;
///
///     /// Sets the key.
///     KEY: ApiKey { key, key_provider, with_key, with_key_provider }
///
///     /// Sets the certificate.
///     CERTIFICATE: MutualTls { certificate }
/// }
/// ```
#[allow(
    unused_macros,
    reason = "the runtime's own tests have no client of an API"
)]
macro_rules! client {
    (
        $(#[$attribute:meta])*
        pub $client:ident of $api:ident;
        $(
            $(#[$scheme_attribute:meta])*
            $scheme:ident: $kind:ident {
                $set:ident $(, $set_provider:ident, $with:ident, $with_provider:ident)? $(,)?
            }
        )*
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        pub struct $client {
            #[allow(dead_code, reason = "an API need not have operations")]
            inner: runtime::Client,
        }

        impl $client {
            /// Returns a builder for a client.
            pub fn builder() -> ClientBuilder {
                ClientBuilder { inner: runtime::ClientBuilder::new(&$api) }
            }

            $($(
                runtime::client! { @with $kind $scheme $with
                    #[doc = concat!("Returns a clone of the client with another credential. See [`ClientBuilder::", stringify!($set), "`].")]
                }

                #[doc = concat!("Returns a clone of the client with another credential provider. See [`ClientBuilder::", stringify!($set_provider), "`].")]
                #[must_use]
                pub fn $with_provider(&self, provider: impl runtime::CredentialProvider + 'static) -> Self {
                    Self { inner: self.inner.with_provider($scheme, provider) }
                }
            )?)*
        }

        #[doc = concat!("A builder for a [`", stringify!($client), "`].")]
        #[derive(Clone, Debug)]
        #[must_use = "a builder does nothing until `build` is called"]
        pub struct ClientBuilder {
            inner: runtime::ClientBuilder,
        }

        impl ClientBuilder {
            $(
                runtime::client! { @set $kind $scheme $set $(#[$scheme_attribute])* }

                $(#[doc = concat!("Sets a provider for the credential of [`", stringify!($set), "`](Self::", stringify!($set), "), which is called for each request.")]
                pub fn $set_provider(mut self, provider: impl runtime::CredentialProvider + 'static) -> Self {
                    self.inner.provider($scheme, provider);
                    self
                })?
            )*

            /// Sets the base URL of all requests, whatever servers the document lists. [`build`](Self::build) checks
            /// it.
            pub fn base_url(mut self, url: impl Into<String>) -> Self {
                self.inner.base_url(url);
                self
            }

            /// Sets the timeout of an attempt, up to the last byte of the response (default: 30 s). For a streamed
            /// file, it limits the time until the file begins and each pause in it. Streams of values may pause
            /// without limit.
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.inner.timeout(timeout);
                self
            }

            /// Sets the connect timeout (default: 10 s).
            pub fn connect_timeout(mut self, timeout: std::time::Duration) -> Self {
                self.inner.connect_timeout(timeout);
                self
            }

            /// Sets the maximum size of a response body in bytes (default: 16 MiB). Its values may take 16 times as
            /// much memory.
            pub fn max_response_bytes(mut self, bytes: usize) -> Self {
                self.inner.max_response_bytes(bytes);
                self
            }

            /// Sets the `User-Agent` header.
            pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
                self.inner.user_agent(user_agent);
                self
            }

            /// Allows credentials to be sent over plain `http`. Without this, only loopback addresses may use `http`.
            pub fn allow_plain_http(mut self) -> Self {
                self.inner.allow_plain_http();
                self
            }

            /// Sets the transport that sends the requests, in place of the default one.
            pub fn transport(mut self, transport: impl runtime::Transport + 'static) -> Self {
                self.inner.transport(transport);
                self
            }

            /// Sets the retry policy. Retries are on by default: see [`Retry`](runtime::Retry).
            pub fn retry(mut self, retry: runtime::Retry) -> Self {
                self.inner.retry(retry);
                self
            }

            /// Sets the clock that the client uses to wait between attempts, for tests and for platforms without
            /// Tokio. Sessions use it, too, unless they have a clock of their own.
            pub fn clock(mut self, clock: impl runtime::Clock + 'static) -> Self {
                self.inner.clock(clock);
                self
            }

            /// Adds a hook that sees each request before it is sent, including its credentials, and can change its
            /// headers, for example to sign it. The hook is called for each attempt and for each redirect within the
            /// origin of the base URL, but not for redirects to other origins. If it returns an error, the call fails.
            ///
            /// Hooks are called in the order in which they are added. They must not block.
            pub fn before_request(
                mut self,
                hook: impl std::ops::Fn(&mut runtime::OutgoingRequest<'_>) -> Result<(), runtime::Error>
                + std::marker::Send
                + std::marker::Sync
                + 'static,
            ) -> Self {
                self.inner.before_request(hook);
                self
            }

            /// Adds a hook that sees each response before its body is read. It is called for the same requests as
            /// [`before_request`](Self::before_request).
            pub fn after_response(
                mut self,
                hook: impl std::ops::Fn(&runtime::IncomingResponse<'_>) + std::marker::Send + std::marker::Sync + 'static,
            ) -> Self {
                self.inner.after_response(hook);
                self
            }

            /// Builds the client.
            ///
            /// # Errors
            ///
            /// Fails if the base URL is invalid or the transport cannot be set up.
            pub fn build(self) -> Result<$client, runtime::Error> {
                Ok($client { inner: self.inner.build()? })
            }
        }
    };

    (@set Basic $scheme:ident $name:ident $(#[$attribute:meta])*) => {
        $(#[$attribute])*
        pub fn $name(
            mut self,
            username: impl Into<String>,
            password: impl Into<secrecy::SecretString>,
        ) -> Self {
            self.inner.credential($scheme, runtime::Credential::basic(username, password));
            self
        }
    };
    (@set Bearer $scheme:ident $name:ident $(#[$attribute:meta])*) => {
        $(#[$attribute])*
        pub fn $name(mut self, token: impl Into<secrecy::SecretString>) -> Self {
            self.inner.credential($scheme, runtime::Credential::token(token));
            self
        }
    };
    (@set Http $scheme:ident $name:ident $(#[$attribute:meta])*) => {
        $(#[$attribute])*
        pub fn $name(mut self, credentials: impl Into<secrecy::SecretString>) -> Self {
            self.inner.credential($scheme, runtime::Credential::token(credentials));
            self
        }
    };
    (@set MutualTls $scheme:ident $name:ident $(#[$attribute:meta])*) => {
        $(#[$attribute])*
        pub fn $name(mut self, pem: impl Into<secrecy::SecretString>) -> Self {
            self.inner.credential($scheme, runtime::Credential::certificate(pem));
            self
        }
    };
    (@set ApiKey $scheme:ident $name:ident $(#[$attribute:meta])*) => {
        $(#[$attribute])*
        pub fn $name(mut self, key: impl Into<secrecy::SecretString>) -> Self {
            self.inner.credential($scheme, runtime::Credential::token(key));
            self
        }
    };

    (@with Basic $scheme:ident $name:ident $(#[$attribute:meta])*) => {
        $(#[$attribute])*
        #[must_use]
        pub fn $name(
            &self,
            username: impl Into<String>,
            password: impl Into<secrecy::SecretString>,
        ) -> Self {
            let credential = runtime::Credential::basic(username, password);
            Self { inner: self.inner.with_credential($scheme, credential) }
        }
    };
    (@with Bearer $scheme:ident $name:ident $(#[$attribute:meta])*) => {
        $(#[$attribute])*
        #[must_use]
        pub fn $name(&self, token: impl Into<secrecy::SecretString>) -> Self {
            let credential = runtime::Credential::token(token);
            Self { inner: self.inner.with_credential($scheme, credential) }
        }
    };
    (@with Http $scheme:ident $name:ident $(#[$attribute:meta])*) => {
        $(#[$attribute])*
        #[must_use]
        pub fn $name(&self, credentials: impl Into<secrecy::SecretString>) -> Self {
            let credential = runtime::Credential::token(credentials);
            Self { inner: self.inner.with_credential($scheme, credential) }
        }
    };
    (@with ApiKey $scheme:ident $name:ident $(#[$attribute:meta])*) => {
        $(#[$attribute])*
        #[must_use]
        pub fn $name(&self, key: impl Into<secrecy::SecretString>) -> Self {
            let credential = runtime::Credential::token(key);
            Self { inner: self.inner.with_credential($scheme, credential) }
        }
    };
}

/// Declares the documented headers of a response: the struct that
/// [`Response::documented_headers`](super::Response::documented_headers) returns. A header may have a style other than
/// the default one.
///
/// ```ignore
/// runtime::headers! {
///     /// The documented headers of a response to [`Client::list_pets`].
///     pub struct ListPetsHeaders {
///         /// The header `X-Total`.
///         pub total: i64 = "x-total",
///         pub filter: models::Filter = "x-filter" in Style::JSON,
///     }
/// }
/// ```
#[allow(unused_macros, reason = "an API need not document headers")]
macro_rules! headers {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident {
            $($(#[$field_attribute:meta])* pub $field:ident: $ty:ty = $wire_name:literal $(in $style:expr)?,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Clone, Debug)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$field_attribute])* pub $field: Option<$ty>,)*
        }

        #[allow(deprecated, reason = "what is deprecated is read, too")]
        impl runtime::DocumentedHeaders for $name {
            fn read(headers: &http::HeaderMap) -> Result<Self, runtime::DecodeError> {
                Ok(Self {
                    $($field: runtime::headers!(@read headers $wire_name $($style)?)?,)*
                })
            }
        }
    };

    (@read $headers:ident $wire_name:literal) => {
        runtime::read_header($headers, $wire_name, None)
    };
    (@read $headers:ident $wire_name:literal $style:expr) => {
        runtime::read_header($headers, $wire_name, Some($style))
    };
}

/// Declares the methods of a request that set optional arguments. Each line gives the name, the type, the location and
/// the style of an argument.
///
/// ```ignore
/// runtime::arguments! {
///     /// Query parameter `limit`.
///     limit: i64 => query("limit", Style::FORM);
/// }
/// ```
///
/// An argument without docs gets the name of its parameter as docs.
#[allow(unused_macros, reason = "an API need not have optional arguments")]
macro_rules! arguments {
    (@set $(#[$attribute:meta])+ $name:ident $type:ty, $place:ident $wire_name:literal $style:expr) => {
        $(#[$attribute])+
        pub fn $name(mut self, $name: $type) -> Self {
            self.call.$place($wire_name, &$name, $style);
            self
        }
    };
    ($(
        $($(#[$attribute:meta])+ $described:ident: $described_type:ty => $described_place:ident($described_name:literal, $described_style:expr))?
        $($name:ident: $type:ty => $place:ident($wire_name:literal, $style:expr))?;
    )*) => { $(
        $(runtime::arguments! { @set
            $(#[$attribute])+
            $described $described_type, $described_place $described_name $described_style
        })?
        $(runtime::arguments! { @set
            #[doc = concat!("The ", stringify!($place), " parameter `", $wire_name, "`.")]
            $name $type, $place $wire_name $style
        })?
    )* };
}

/// Declares the error of an operation: a variant for each documented error response, which holds a
/// [`Response`](super::Response), and `Other` for everything else.
///
/// ```ignore
/// runtime::operation_error! {
///     /// The error of [`Client::get_pet`].
///     pub enum GetPetError for GetPet {
///         /// Status 404.
///         NotFound(Response<()>),
///     }
/// }
/// ```
#[allow(unused_macros, reason = "an API need not have operations")]
macro_rules! operation_error {
    (
        $(#[$attribute:meta])*
        pub enum $name:ident for $operation:ident {
            $($(#[$variant_attribute:meta])* $variant:ident($response:ty),)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Debug)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_attribute])* $variant($response),)*
            /// Any other error: the request was not sent, or the response is not documented.
            Other(runtime::Error),
        }

        impl runtime::OperationError for $name {
            type Operation = $operation;

            fn response(&self) -> Result<runtime::failure::Head<'_>, &runtime::Error> {
                match self {
                    $(Self::$variant(response) => Ok((response.status(), response.headers())),)*
                    Self::Other(error) => Err(error),
                }
            }

            fn into_error(self) -> runtime::Error {
                match self {
                    $(Self::$variant(response) => response.into_error(<$operation as runtime::Operation>::DESCRIPTION),)*
                    Self::Other(error) => error,
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                runtime::failure::display(self, f)
            }
        }

        impl std::error::Error for $name {
            fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
                runtime::failure::source(self)
            }
        }

        impl From<runtime::Error> for $name {
            fn from(error: runtime::Error) -> Self {
                Self::Other(error)
            }
        }
    };
}

#[allow(unused_imports, reason = "an API need not have optional arguments")]
pub(crate) use arguments;
pub(crate) use client;
#[allow(unused_imports, reason = "an API need not document headers")]
pub(crate) use headers;
#[allow(unused_imports, reason = "an API need not have operations")]
pub(crate) use operation_error;
