using System.Text;

namespace Appliance.Rendering.Text;

/// <summary>
/// The one way out to a terminal or a log: everything that is written goes through <see cref="PrintableText"/>. Our own
/// control sequences have a method of their own.
/// </summary>
/// <param name="inner">Disposed with this.</param>
/// <param name="records">Each <c>WriteLine</c> is one record of a log and stays one line.</param>
public sealed class PrintableWriter(TextWriter inner, bool records = false) : TextWriter
{
    /// <summary>The same writer, escaping.</summary>
    public static TextWriter Over(TextWriter inner) => new PrintableWriter(inner);

    /// <summary>Behind it: for a writer that escapes foreign text itself.</summary>
    public TextWriter Inner => inner;

    public override Encoding Encoding => inner.Encoding;

    /// <summary>Writes a control sequence of ours as it is.</summary>
    public void WriteControl(string sequence) => inner.Write(sequence);

    public override void Write(char value)
    {
        if (PrintableText.IsUnsafe(value))
        {
            inner.Write(PrintableText.Lines(value.ToString()));
        }
        else
        {
            inner.Write(value);
        }
    }

    public override void Write(string? value) => inner.Write(PrintableText.Lines(value ?? ""));

    public override void Write(char[] buffer, int index, int count) =>
        Write(new string(buffer, index, count));

    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    public override void WriteLine() => inner.Write('\n');

    public override void WriteLine(string? value) =>
        inner.Write(
            (records ? PrintableText.Line(value ?? "") : PrintableText.Lines(value ?? "")) + "\n"
        );

    public override Task WriteAsync(string? value)
    {
        Write(value);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(char value) => WriteAsync(value.ToString());

    public override Task WriteAsync(char[] buffer, int index, int count) =>
        WriteAsync(new string(buffer, index, count));

    public override Task WriteAsync(
        ReadOnlyMemory<char> buffer,
        CancellationToken cancellationToken = default
    ) => WriteAsync(buffer.ToString());

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override void Flush() => inner.Flush();

    public override Task FlushAsync() => inner.FlushAsync();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
