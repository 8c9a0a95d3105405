using Appliance.Rendering.Text;
using Spectre.Console.Rendering;

namespace Appliance.Cli.Terminal;

/// <summary>Escapes the text of tables; what Spectre.Console itself sends for colours is not text.</summary>
internal sealed class PrintableHook : IRenderHook
{
    public IEnumerable<IRenderable> Process(
        RenderOptions options,
        IEnumerable<IRenderable> renderables
    ) => renderables.Select(item => new Printable(item));

    private sealed class Printable(IRenderable inner) : IRenderable
    {
        public Measurement Measure(RenderOptions options, int maxWidth) =>
            inner.Measure(options, maxWidth);

        public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            inner
                .Render(options, maxWidth)
                .Select(segment =>
                    segment.IsControlCode || segment.IsLineBreak
                        ? segment
                        : new Segment(PrintableText.Lines(segment.Text), segment.Style)
                );
    }
}
