namespace Hondo.Charts;

/// <summary>Several charts beside each other, under a common title.</summary>
public sealed class PanelChart : Chart
{
    const int Top = 36;

    readonly IReadOnlyList<Chart> _panels;
    readonly int _columns;

    /// <summary>Charts in a grid; the sizes follow from theirs.</summary>
    /// <param name="title">What they show together.</param>
    /// <param name="columns">How many are in a row.</param>
    /// <param name="panels">The charts, from left to right and then down.</param>
    public PanelChart(string title, int columns, IReadOnlyList<Chart> panels) : base(title)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        (_panels, _columns) = (panels, columns);
        int wide = panels.Count == 0 ? 320 : panels.Max(panel => panel.Width);
        int high = panels.Count == 0 ? 0 : panels.Max(panel => panel.Height);
        Width = wide * Math.Min(columns, Math.Max(1, panels.Count));
        Height = Top + high * ((panels.Count + columns - 1) / columns);
    }

    private protected override string Summary() => string.Join("; ", _panels.Select(panel => panel.Title));

    private protected override void Draw(SvgText svg)
    {
        for (int i = 0; i < _panels.Count; i++)
            svg.Nest(_panels[i].ToMarkup(), Width / Math.Min(_columns, _panels.Count) * (i % _columns),
                Top + (Height - Top) / ((_panels.Count + _columns - 1) / _columns) * (i / _columns));
    }
}
