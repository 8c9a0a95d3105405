using Appliance.Rendering.Verdicts;
using Appliance.Verify.Tests.Guests;
using Appliance.Verify.Verdicts;

namespace Appliance.Verify.Tests.Verdicts;

public class VerdictReaderTests
{
    private const string KernelLine = "vtnet0: link state changed to UP";

    private static readonly Verdict Verdict = Transcript.WithFailedCheck(1);
    private static readonly string Line = Transcript.Line(Verdict);

    [Theory]
    [InlineData("", "")]
    [InlineData("<118>", "")]
    [InlineData("", KernelLine)]
    [InlineData("", " {\"not\": \"ours\"}")]
    public void A_whole_line_is_read_whatever_stands_around_it(string before, string after)
    {
        AssertSame(Read(before + Line + after));
    }

    [Fact]
    public void A_line_torn_anywhere_by_a_kernel_message_is_put_together_again()
    {
        for (var cut = 1; cut < Line.Length; cut++)
        {
            AssertSame(Read(Line[..cut] + KernelLine, Line[cut..]));
        }
    }

    [Fact]
    public void A_line_torn_by_several_kernel_messages_at_one_place_is_put_together_again()
    {
        for (var cut = 1; cut < Line.Length; cut += 7)
        {
            AssertSame(
                Read(
                    Line[..cut] + KernelLine,
                    "gif0: link state changed to UP",
                    "pid 12 (sh), jid 0",
                    Line[cut..]
                )
            );
        }
    }

    [Fact]
    public void A_line_torn_at_two_places_is_put_together_again()
    {
        for (var first = 20; first < Line.Length - 20; first += 11)
        {
            var second = first + 15;
            AssertSame(
                Read(
                    Line[..first] + KernelLine,
                    Line[first..second] + "em1: watchdog timeout",
                    Line[second..]
                )
            );
        }
    }

    [Fact]
    public void An_unknown_driver_in_the_middle_is_cut_out_as_well()
    {
        var cut = Line.IndexOf("\"ok\"", StringComparison.Ordinal);
        AssertSame(Read(Line[..cut] + "zzz9: attached", Line[cut..]));
    }

    [Theory]
    [InlineData("no marker {\"schema\":1}")]
    [InlineData("APPLIANCE-VERDICT {\"schema\":1}")]
    [InlineData("APPLIANCE-VERDICT not json }")]
    [InlineData("APPLIANCE-VERDICT {\"schema\":1,\"site\":\"router01\"")]
    public void What_is_no_whole_verdict_is_none(string line)
    {
        Assert.Null(Read(line));
    }

    [Fact]
    public void A_verdict_whose_rest_never_comes_is_noticed_but_not_read()
    {
        var reader = new VerdictReader();
        Assert.Null(reader.Add(Line[..60]));
        Assert.Null(reader.Add("login: {}"));
        Assert.True(reader.MarkerSeen);
    }

    private static Verdict? Read(params string[] lines)
    {
        var reader = new VerdictReader();
        Verdict? found = null;
        foreach (var line in lines)
        {
            found ??= reader.Add(line);
        }

        return found;
    }

    private static void AssertSame(Verdict? read) =>
        Assert.Equal(
            VerdictJson.WriteLine(Verdict),
            read is null ? "none" : VerdictJson.WriteLine(read)
        );
}
