//! Texts that would do harm, if they were let to.

/// All of them.
pub(crate) const ALL: &[&str] = &[
    // Code that rustdoc would run, in fences and by indentation.
    "```text\nx\n```\nstd::fs::write(\"pwned\", \"\").unwrap();",
    "~~~~\nx\n~~~~\nfn pwned() {}",
    "````rust\nfn pwned() {}\n````",
    "```no_run\nfn pwned() {}",
    "a\n\n    std::fs::write(\"pwned\", \"\").unwrap();\n\n- b\n\n      fn pwned() {}",
    "> ```\n> fn pwned() {}\nlazy\n\n1. ```\n   fn pwned() {}\n",
    "\tfn pwned() {}\n\t\n\tfn pwned_again() {}",
    "```",
    "~~~",
    "` `` ``` \\` \\\\` `",
    // HTML.
    "<script>alert('pwned')</script><img src=x onerror=alert(1)>\n\n<script>\n\nalert(1)\n</script>",
    "<br>\n<script>pwned()</script>",
    "<a href=\"javascript:pwned()\">a</a> <A HREF='javascript:pwned()'><style>*{}</style>",
    "<!-- pwned",
    "--> <![CDATA[ pwned ]]> <?php pwned ?> <!DOCTYPE pwned>",
    "<div>\n\n```\nfn pwned() {}\n```\n\n</div>",
    // Links that run code, or lead to items or nowhere.
    "[a](javascript:pwned()) [b][c] [c] ![d](javascript:pwned()) <javascript:pwned()> [e](java&#115;cript:pwned()) \
     [f](<javascript:pwned()>) [g](data:text/html,pwned) [h](vbscript:pwned 'i')\n\n[c]: javascript:pwned()",
    "[std::fs] [`std::fs`] [x](std::fs) [x][y] [`Client`]: z\n\n[y]: std::fs\n[`Client`]: javascript:pwned()",
    "https://a.b/`fn` https://a.b/<script> http://]( https://a.b/\u{202e} <https://a.b/\">",
    "[^1] pwned\n\n[^1]: note\n\n    fn pwned() {}",
    "](javascript:pwned()) ` [`pwned` ![",
    // What could end or start something in Rust, TOML, or a template.
    "*/ pwned(); /* \"# \"### ' //! */",
    "#![doc = \"pwned\"]\n#[doc = include_str!(\"/etc/hostname\")]",
    "\"\nbuild = \"pwned.rs\"\n[build-dependencies]\npwned = \"1\"\n'''\n[package]\n\"\"\"",
    "${pwned} {pwned} {{}} {} {0} %s\\u{41}",
    "\\",
    // What is not seen.
    "a\u{202e}b\u{2066}c\u{200b}d\u{200d}e\u{feff}f\u{ad}g\u{2060}h\u{61c}i\u{3164}j\u{e0041}k",
    "a\nb\rc\r\nd\u{2028}e\u{2029}f\u{85}g\u{b}h\u{c}i\tj\n\n\nk",
    "\u{1b}[31mpwned\u{9b}31m\u{7}\u{0}\u{7f}",
    "&#96;&#96;&#96;\nfn pwned() {}\n&lt;script&gt; &#x202e; &#10;&#10;&#32;&#32;&#32;&#32;fn pwned() {}",
    // Other blocks.
    "# pwned\n\npwned\n===\n\npwned\n---\n",
    "| a | b |\n|---|---|\n| `|` | ```fn pwned() {}``` |\n| <script> |",
    "- [ ] a\n- [x] b\n- [x]\n* * *\n- - -\n+ c\n1) d",
];
