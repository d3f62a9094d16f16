namespace Hondo.Notebooks;

/// <summary>The look of a notebook as a page: light and dark as the reader's system is, and on paper.</summary>
static class PageStyle
{
    public const string Css = """
        :root { color-scheme: light dark; --paper: #ffffff; --ink: #1b1f24; --faint: #57606a; --soft: #f3f5f7;
          --edge: #d8dee4; --link: #0050b3; --keyword: #8b1a8b; --text: #0a5c36; --number: #8a3b00; --type: #005a8c;
          --wrong: #a4160d }
        @media (prefers-color-scheme: dark) { :root { --paper: #16191d; --ink: #e6eaee; --faint: #a3abb3;
          --soft: #1f242a; --edge: #363c43; --link: #7cb8ff; --keyword: #d9a0f0; --text: #8fd6a8; --number: #f0b072;
          --type: #7cc7ef; --wrong: #ff9c94 } }
        @media print { :root { color-scheme: light } }
        body { margin: 0 auto; max-width: 62rem; padding: 2rem 1.25rem 4rem; background: var(--paper);
          color: var(--ink); font: 1rem/1.6 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif }
        h1, h2, h3, .cell > p, .cell > ul, .cell > ol, blockquote { max-width: 48rem }
        h1, h2, h3 { line-height: 1.25; margin: 2rem 0 .75rem } h1 { font-size: 1.9rem } h2 { font-size: 1.4rem }
        a { color: var(--link) } img, svg { max-width: 100%; height: auto }
        code, pre { font: .8rem/1.5 ui-monospace, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace }
        p code, li code, td code { background: var(--soft); padding: .1em .3em; border-radius: 3px }
        pre { margin: 0; padding: .75rem 1rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere }
        .cell { margin: 1.25rem 0 } .code { border: 1px solid var(--edge); border-radius: 6px; overflow: hidden }
        .code > pre { background: var(--soft); padding-right: 4.5rem } .out { border-top: 1px solid var(--edge) }
        .out > pre { color: var(--ink) } .out > .rich { padding: .75rem 1rem; overflow-x: auto }
        .code { position: relative } .place { position: absolute; top: .4rem; right: .75rem; color: var(--faint);
          font-size: .75rem }
        .k { color: var(--keyword) } .s { color: var(--text) } .n { color: var(--number) } .t { color: var(--type) }
        .c { color: var(--faint); font-style: italic } .wrong, .stderr { color: var(--wrong) }
        table { border-collapse: collapse; font-size: .9rem; display: block; overflow-x: auto }
        th, td { border-bottom: 1px solid var(--edge); padding: .25rem .75rem; text-align: left }
        blockquote { margin: 1rem 0; padding: 0 1rem; border-left: 3px solid var(--edge); color: var(--faint) }
        math { font-size: 1.05em } math[display="block"] { margin: 1rem 0; overflow-x: auto }
        @media print { body { max-width: none; padding: 0; font-size: .9rem } .code { overflow: visible }
          code, pre { font-size: .66rem } .code > pre, .out, table, svg, math, img { break-inside: avoid }
          .out > .rich, table, math[display="block"] { overflow: visible } .code > pre { break-after: avoid }
          h1, h2, h3 { break-after: avoid } p { orphans: 3; widows: 3 } }

        """;
}
