//! Examples in docs: `#[example(Error; statements)]` becomes a doc test.
//!
//! The emitter gives statements as tokens, since only this stage prints Rust. They run in an async function
//! that returns `Result<(), Error>`; the function's own lines are hidden from readers.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};

/// What stands in the attribute.
struct Example {
    error: syn::Path,
    statements: Vec<syn::Stmt>,
}

impl Parse for Example {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let error = input.parse()?;
        input.parse::<syn::Token![;]>()?;
        let statements = input.call(syn::Block::parse_within)?;
        Ok(Self { error, statements })
    }
}

/// Replaces the attribute by the lines of a doc test.
pub(super) fn expand(attributes: &mut Vec<syn::Attribute>) {
    let Some(at) = attributes
        .iter()
        .position(|it| it.path().is_ident("example"))
    else {
        return;
    };
    let example = attributes[at]
        .parse_args::<Example>()
        .expect("the emitter writes examples as statements");
    let lines = lines(&example);
    let lines = lines.iter().map(|line| -> syn::Attribute {
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        syn::parse_quote!(#[doc = #line])
    });
    attributes.splice(at..=at, lines.collect::<Vec<_>>());
}

/// The lines of the doc test.
fn lines(example: &Example) -> Vec<String> {
    let (imports, body): (Vec<_>, Vec<_>) = example
        .statements
        .iter()
        .partition(|it| matches!(it, syn::Stmt::Item(syn::Item::Use(_))));
    let error = print(&{
        let path = &example.error;
        quote!(use #path;)
    });
    let error = error
        .trim()
        .trim_start_matches("use ")
        .trim_end_matches(';')
        .to_owned();
    let body = print(&quote!(fn example() { #(#body)* }));
    let mut lines: Vec<String> = ["", "# Examples", "", "```no_run"]
        .map(str::to_owned)
        .into();
    lines.extend(print(&quote!(#(#imports)*)).lines().map(str::to_owned));
    lines.push(String::new());
    lines.push(format!("# async fn example() -> Result<(), {error}> {{"));
    let inner = body.lines().skip(1);
    let count = inner.clone().count().saturating_sub(1);
    lines.extend(
        inner
            .take(count)
            .map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned()),
    );
    lines.extend(["# Ok(())", "# }", "```"].map(str::to_owned));
    lines
}

fn print(tokens: &TokenStream) -> String {
    let file = syn::parse2::<syn::File>(tokens.clone()).expect("an example is made of statements");
    prettyplease::unparse(&file)
}
