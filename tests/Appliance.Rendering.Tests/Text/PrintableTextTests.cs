using System.Text.Json;
using Appliance.Rendering.Text;

namespace Appliance.Rendering.Tests.Text;

/// <summary>What foreign text becomes on its way to a terminal, a log or a report.</summary>
public sealed class PrintableTextTests
{
    [Fact]
    public void No_control_character_of_Unicode_is_left_and_everything_else_stays()
    {
        for (var value = 0; value <= 0xFFFF; value++)
        {
            var character = (char)value;
            var text = $"a{character}b";
            var shown = PrintableText.Lines(text);
            Assert.DoesNotContain(shown, PrintableText.IsUnsafe);
            if (PrintableText.IsUnsafe(character) || char.IsSurrogate(character))
            {
                Assert.Equal($"a\\u{value:x4}b", shown);
            }
            else
            {
                Assert.Equal(text, shown);
            }
        }
    }

    [Theory]
    [InlineData(0x00, 0x08)]
    [InlineData(0x0B, 0x1F)]
    [InlineData(0x7F, 0x9F)]
    [InlineData(0x061C, 0x061C)]
    [InlineData(0x200E, 0x200F)]
    [InlineData(0x2028, 0x202E)]
    [InlineData(0x2066, 0x2069)]
    public void C0_DEL_C1_bidirectional_controls_and_separators_are_unsafe(int first, int last)
    {
        Assert.All(
            Enumerable.Range(first, last - first + 1),
            value => Assert.True(PrintableText.IsUnsafe((char)value), $"U+{value:X4}")
        );
    }

    [Theory]
    [InlineData("one\ntwo\tthree", "one\ntwo\tthree", "one\\ntwo\tthree")]
    [InlineData("one\r\ntwo\r", "one\ntwo\\u000d", "one\\ntwo\\u000d")]
    [InlineData("\U0001F600 \ud83d", "\U0001F600 \\ud83d", "\U0001F600 \\ud83d")]
    [InlineData("", "", "")]
    public void Lines_keep_line_feeds_and_a_record_does_not(string text, string lines, string line)
    {
        Assert.Equal(lines, PrintableText.Lines(text));
        Assert.Equal(line, PrintableText.Line(text));
    }

    [Fact]
    public void JSON_says_the_same_afterwards()
    {
        var options = new JsonSerializerOptions
        {
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        for (var value = 0; value <= 0xFFFF; value++)
        {
            if (char.IsSurrogate((char)value))
            {
                continue;
            }

            var text = $"a{(char)value}b";
            var json = PrintableText.Lines(JsonSerializer.Serialize(text, options));
            Assert.Equal(text, JsonSerializer.Deserialize<string>(json));
        }
    }

    [Fact]
    public async Task Every_way_into_a_writer_is_escaped()
    {
        const string Text = "\u001b]0;x\u0007\u202e";
        const string Shown = "\\u001b]0;x\\u0007\\u202e";
        using var inner = new StringWriter();
        using var writer = new PrintableWriter(inner);
        writer.Write(Text);
        writer.Write(Text.ToCharArray());
        writer.Write(Text.AsSpan());
        Text.ToList().ForEach(writer.Write);
        writer.Write("{0}", Text);
        await writer.WriteAsync(Text);
        await writer.WriteAsync(Text.ToCharArray(), 0, Text.Length);
        await writer.WriteAsync(Text.AsMemory(), TestContext.Current.CancellationToken);
        writer.WriteLine(Text);
        await writer.WriteLineAsync(Text);
        Assert.Equal(
            string.Concat(Enumerable.Repeat(Shown, 9)) + "\n" + Shown + "\n",
            inner.ToString()
        );
    }

    [Fact]
    public void A_record_cannot_forge_a_second_one()
    {
        using var inner = new StringWriter();
        using var writer = new PrintableWriter(inner, records: true);
        writer.WriteLine("failed: x\nok     all is well");
        Assert.Equal("failed: x\\nok     all is well\n", inner.ToString());
    }

    [Fact]
    public void A_control_sequence_of_ours_is_written_as_it_is()
    {
        using var inner = new StringWriter();
        using var writer = new PrintableWriter(inner);
        writer.WriteControl("\r\u001b[K");
        Assert.Equal("\r\u001b[K", inner.ToString());
    }
}
