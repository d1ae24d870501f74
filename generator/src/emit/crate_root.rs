//! The root file: `lib.rs` of a package, or `mod.rs` for inclusion in another package.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::{Module, ident};
use super::runtime::Needs;
use super::{features, lints};
use crate::config::Output;
use crate::markdown::{Text, inline, prose};
use crate::output::{Source, Unformatted};

/// `lib.rs`
pub(super) fn emit(modules: &[Module<'_>], output: &Output, needs: &Needs) -> Source {
    let mut sorted: Vec<&Module<'_>> = modules.iter().collect();
    sorted.sort_by_key(|module| module.name);
    let declarations = sorted.iter().map(|module| {
        let feature = features::base(module);
        let name = ident(module.name);
        // What `format` prints is not what rustfmt would.
        quote!(#[cfg(feature = #feature)] #[rustfmt::skip] pub mod #name;)
    });
    let runtime = emit_runtime();
    let items = lints::emit_scripts(modules)
        .into_iter()
        .chain(declarations)
        .chain([
            quote!(
                pub mod runtime;
            ),
            runtime,
        ])
        .map(Unformatted::from)
        .collect();
    Source {
        docs: emit_docs(modules, output, needs).to_string(),
        items,
    }
}

/// `mod.rs` of modules for another package, which includes it.
pub(super) fn emit_modules(modules: &[Module<'_>]) -> Source {
    let mut names: Vec<&str> = modules.iter().map(|module| module.name).collect();
    names.push("runtime");
    names.sort_unstable();
    let names = names.into_iter().map(ident);
    let is_by_tag = modules.iter().any(|module| module.shape.parts.is_some());
    let unknown = is_by_tag.then(|| quote!(unexpected_cfgs,));
    let runtime = emit_runtime();
    let reason = "a package need not use all of an API";
    let allow = quote!(#[allow(dead_code, #unknown unused_imports, reason = #reason)]);
    let items = quote! {
        #(#allow pub mod #names;)*

        #allow
        #runtime
    };
    Source {
        docs: String::new(),
        items: vec![items.into()],
    }
}

fn emit_runtime() -> TokenStream {
    quote!(
        pub use runtime::{Error, OperationError, Response};
    )
}

fn emit_docs(modules: &[Module<'_>], output: &Output, needs: &Needs) -> Text {
    let mut text = Text::default();
    text.paragraph(match modules {
        [_] => "Client of an HTTP API.",
        _ => "Clients of HTTP APIs, each in its own module and behind a Cargo feature of the same name.",
    });
    let krate = ident(&output.package.replace('-', "_"));
    let rows = modules.iter().map(|module| {
        let info = &module.api.info;
        let path = prose!("`{}::{}`", krate, ident(module.name));
        [path, inline(&info.title), inline(&info.version)]
    });
    text.table(["Module", "API", "Version"], rows);
    text.paragraph(
        "In each module, `Client::builder()` returns a builder for a client, and the client has a method for each\n\
         operation. The method returns a request, and `.await` sends it: `client.get_pet(7).await?`. The documentation of\n\
         each method has an example.",
    );
    text.heading(1, "Features");
    let features = [
        "`rustls` (default), `native-tls`: the default transport, `reqwest`, with this TLS library. \
         Without\neither, give the builder your own `runtime::Transport`.",
        "`gzip`, `brotli`, `zstd`: compressed responses, with the default transport.",
        "`serde`: `Serialize` and `Deserialize` for every model.",
        "`blocking`: `send_blocking()` in addition to `.await`.",
        "`tower`, `reqwest-middleware`: transports for a `tower::Service` and for a client with middleware.",
        "`tracing`: a span for each request, following OpenTelemetry's conventions, without its URL.",
    ];
    let xml = needs.xml_feature().map(|is_default| {
        if is_default {
            "`xml` (default): XML bodies."
        } else {
            "`xml`: XML bodies."
        }
    });
    let mock = needs
        .has_mock()
        .then_some("`mock`: a mock service for tests, in each module.");
    let oauth = needs
        .has_oauth()
        .then_some("`oauth2`: sign-in with OAuth 2 and OpenID Connect.");
    let by_tag = modules.iter().filter(|it| it.shape.parts.is_some());
    let by_tag = by_tag.map(|it| {
        let module = ident(it.name);
        prose!(
            "`{}` (default): the whole module `{}`. The module also has a feature for each group of operations; its\n\
             documentation lists them.",
            module,
            module
        )
    });
    let features = features
        .into_iter()
        .chain(mock)
        .chain(oauth)
        .chain(xml)
        .map(Text::from);
    text.list(by_tag.map(Text::from).chain(features));
    text
}
