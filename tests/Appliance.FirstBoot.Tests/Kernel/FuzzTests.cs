using System.Text;
using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Tests.Samples;

namespace Appliance.FirstBoot.Tests.Kernel;

/// <summary>
/// Whatever a tool prints, reading it ends in a result or in a <see cref="FirstBootException"/>: a crash
/// would cost the verdict.
/// </summary>
public class FuzzTests
{
    private const int Rounds = 4000;

    public static TheoryData<string> Inputs =>
        [
            "edge/ifconfig.txt",
            "downstream/ifconfig.txt",
            "edge/netstat-fib0.json",
            "edge/kldstat.txt",
            "edge/sockstat.json",
            "pfctl-si.txt",
            "pfctl-nvf.txt",
        ];

    [Theory]
    [MemberData(nameof(Inputs))]
    public void Damaged_output_never_crashes_a_parser(string name)
    {
        var random = new Random(20260731);
        var sample = Sample.Read(name);
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            refused += ParseAll(Damage(sample, random));
        }

        // JSON parsers see far more nonsense than sense here: most of it must have been refused.
        Assert.True(refused > Rounds, $"{refused} refusals");
    }

    private static int ParseAll(string text)
    {
        _ = InterfaceListParser
            .Parse(text)
            .Select(item => (item.Driver, item.Unit, item.IsHardware))
            .ToList();
        _ = ModuleListParser.Parse(text);
        _ = SettingListParser.Parse(text);
        _ = JailListParser.Parse(text, text);
        _ = PacketFilterParser.Rules(text);
        _ = FileListParser.Parse(text);
        return Refused(() => RouteTableParser.Parse(text))
            + Refused(() => SocketListParser.Parse(text));
    }

    private static int Refused(Action parse)
    {
        try
        {
            parse();
            return 0;
        }
        catch (FirstBootException)
        {
            return 1;
        }
    }

    /// <summary>Cuts, repeats, swaps and sprinkles.</summary>
    private static string Damage(string sample, Random random)
    {
        var text = new StringBuilder(sample);
        for (var count = random.Next(1, 6); count > 0 && text.Length > 1; count--)
        {
            var at = random.Next(text.Length);
            var length = random.Next(Math.Min(40, text.Length - at) + 1);
            switch (random.Next(5))
            {
                case 0:
                    text.Remove(at, length);
                    break;
                case 1:
                    text.Insert(at, text.ToString(at, length));
                    break;
                case 2:
                    text.Length = at;
                    break;
                case 3:
                    text[at] = (char)random.Next(1, 0x250);
                    break;
                default:
                    text.Insert(at, "\t\n {}[]\":,%/0x<>-"[random.Next(17)]);
                    break;
            }
        }

        return text.ToString();
    }
}
