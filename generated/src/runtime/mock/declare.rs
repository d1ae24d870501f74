//! Macros that declare the mock service of an API. They are called by path, with `runtime` in scope.

/// Declares the request that a closure gets, and how it is read.
///
/// ```ignore
/// runtime::mock::receive! {
///     /// A request of [`Client::get_pet`](super::Client::get_pet).
///     pub struct GetPetRequest for super::GetPet: request => {
///         /// The id.
///         pet_id: i64 = request.path("petId", Style::SIMPLE),
///     }
/// }
/// ```
#[allow(unused_macros, reason = "an API need not have operations")]
macro_rules! receive {
    (
        $(#[$attribute:meta])*
        pub struct $name:ident for $operation:ty: $request:ident => {
            $($(#[$field_attribute:meta])* $field:ident: $ty:ty = $read:expr,)*
        }
    ) => {
        $(#[$attribute])*
        #[derive(Debug)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$field_attribute])* pub $field: $ty,)*
        }

        impl runtime::mock::MockedOperation for $operation {
            type Request = $name;

            fn receive(
                $request: &runtime::mock::IncomingRequest,
            ) -> Result<$name, runtime::mock::MockError> {
                let _ = $request;
                Ok($name { $($field: $read?,)* })
            }
        }
    };
}

/// Declares a function for each documented response of an operation.
///
/// ```ignore
/// runtime::mock::responses! { super::GetPet {
///     /// Status 200.
///     ok(body: models::Pet) = UntypedResponse::new(200).json("application/json", &body);
///     /// Status 404.
///     not_found() = UntypedResponse::new(404);
/// } with {
///     /// Sets the header `X-Total`.
///     with_x_total(value: i64) = "x-total", &value, Style::SIMPLE;
/// } }
/// ```
#[allow(unused_macros, reason = "an API need not have operations")]
macro_rules! responses {
    ($operation:ty {
        $($(#[$attribute:meta])* $name:ident($($argument:ident: $ty:ty),*) = $response:expr;)*
    } $(with {
        $($(#[$header_attribute:meta])* $header:ident($value:ident: $header_type:ty) = $wire_name:literal, $written:expr, $style:expr;)*
    })?) => {
        impl $operation {
            $(
                $(#[$attribute])*
                pub fn $name($($argument: $ty),*) -> runtime::mock::MockResponse<Self> {
                    runtime::mock::MockResponse::of($response)
                }
            )*
        }

        $(
            impl runtime::mock::MockResponse<$operation> {
                $(
                    $(#[$header_attribute])*
                    pub fn $header(self, $value: $header_type) -> Self {
                        self.header($wire_name, $written, $style)
                    }
                )*
            }
        )?
    };
}

/// Declares the service of an API: a method for each operation. An optional example is the response to a request
/// without valid credentials, in place of a response without a body.
///
/// ```ignore
/// runtime::mock::service! {
///     /// A mock service for the pet store.
///     pub Service = runtime::mock::MockService::new(&super::API, OPERATIONS);
///
///     on_get_pet: GetPet, Example::json(401, "application/json", "{}");
/// }
/// ```
#[allow(unused_macros, reason = "no API need be on")]
macro_rules! service {
    (
        $(#[$attribute:meta])*
        pub $service:ident = $new:expr;
        $($(#[$condition:meta])* $on:ident: $operation:ident $(, $unauthorized:expr)?;)*
    ) => {
        static OPERATIONS: &[runtime::mock::Entry] = &[
            $(
                $(#[$condition])*
                runtime::mock::Entry::of::<super::$operation>(stringify!($on))$(.unauthorized($unauthorized))?,
            )*
        ];

        $(#[$attribute])*
        #[derive(Clone, Debug)]
        #[must_use = "a service does nothing unless a client has it"]
        pub struct $service {
            inner: runtime::mock::MockService,
        }

        impl $service {
            /// Returns a service that responds only to the operations of sessions and device flows, if the document
            /// describes any.
            pub fn new() -> Self {
                Self { inner: $new }
            }

            /// Returns a builder for a client of this service. The client uses the [clock](Self::clock) of the service.
            pub fn client(&self) -> super::ClientBuilder {
                let builder = super::Client::builder().base_url(self.inner.base_url());
                builder.transport(self.clone()).clock(self.clock())
            }

            /// Returns the clock of the service, which stands still until it is advanced.
            #[must_use]
            pub fn clock(&self) -> runtime::mock::MockClock {
                self.inner.clock()
            }

            /// Advances the clock of the service.
            pub fn advance(&self, time: std::time::Duration) {
                self.inner.clock().advance(time);
            }

            /// Returns the calls that the service has received, in order.
            #[must_use]
            pub fn calls(&self) -> Vec<runtime::mock::RecordedCall> {
                self.inner.calls()
            }

            /// Returns the requests of an operation that the service has received, in order. Requests that do not match
            /// the document are left out.
            #[must_use]
            pub fn requests<O: runtime::mock::MockedOperation>(&self) -> Vec<O::Request> {
                self.inner.requests::<O>()
            }

            $(
                $(#[$condition])*
                #[doc = concat!("Sets the closure that responds to [`", stringify!($operation), "`](super::", stringify!($operation), "), in place of an earlier one.")]
                pub fn $on(
                    self,
                    respond: impl std::ops::Fn(<super::$operation as runtime::mock::MockedOperation>::Request) -> runtime::mock::MockResponse<super::$operation>
                    + std::marker::Send
                    + std::marker::Sync
                    + 'static,
                ) -> Self {
                    self.inner.on::<super::$operation>(respond);
                    self
                }
            )*
        }

        impl std::default::Default for $service {
            fn default() -> Self {
                Self::new()
            }
        }

        impl runtime::Transport for $service {
            fn send(
                &self,
                request: http::Request<runtime::Body>,
            ) -> runtime::BoxFuture<'_, Result<http::Response<runtime::Body>, runtime::TransportError>> {
                self.inner.send(request)
            }
        }
    };
}

#[allow(unused_imports, reason = "an API need not have operations")]
pub(crate) use receive;
#[allow(unused_imports, reason = "an API need not have operations")]
pub(crate) use responses;
#[allow(unused_imports, reason = "no API need be on")]
pub(crate) use service;
