using System.Net;
using Appliance.Lab.Speakers;
using Appliance.Tests.Support;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Tests.Speakers;

/// <summary>The programs themselves read what we write for them.</summary>
public sealed class ConfigurationTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-lab-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(SpeakerKind.Bird)]
    [InlineData(SpeakerKind.Frr)]
    [InlineData(SpeakerKind.OpenBgpd)]
    [InlineData(SpeakerKind.GoBgp)]
    [InlineData(SpeakerKind.ExaBgp)]
    public async Task Its_program_takes_the_configuration(SpeakerKind kind)
    {
        Need.Tool([.. Speaker.ToolsOf(kind)]);
        var outcome = await ReadAsync(kind, Text(kind));
        Assert.True(
            outcome.ExitCode == 0 && !Complains(outcome),
            outcome.StandardOutput + outcome.StandardError
        );
    }

    [Theory]
    [InlineData(SpeakerKind.Bird, "neighbor ")]
    [InlineData(SpeakerKind.Frr, "remote-as ")]
    [InlineData(SpeakerKind.OpenBgpd, "remote-as ")]
    [InlineData(SpeakerKind.GoBgp, "peer-as = ")]
    [InlineData(SpeakerKind.ExaBgp, "peer-as ")]
    public async Task It_refuses_a_broken_one(SpeakerKind kind, string word)
    {
        Need.Tool([.. Speaker.ToolsOf(kind)]);
        var text = Text(kind);
        Assert.Contains(word, text, StringComparison.Ordinal);
        var outcome = await ReadAsync(
            kind,
            text.Replace(word, word + "perhaps ", StringComparison.Ordinal)
        );
        Assert.True(
            outcome.ExitCode != 0 || Complains(outcome),
            outcome.StandardOutput + outcome.StandardError
        );
    }

    /// <summary>GoBGP and vtysh return 0 whatever they think of a file.</summary>
    private static bool Complains(ProcessOutcome outcome) =>
        (outcome.StandardOutput + outcome.StandardError).Split('\n') is var lines
        && lines.Any(line =>
            line.Contains("Can't read", StringComparison.Ordinal)
            || line.Contains("% ", StringComparison.Ordinal)
            || line.Contains("level=fatal", StringComparison.Ordinal)
        );

    private SpeakerRole Role =>
        new()
        {
            Asn = 64496,
            RouterId = IPAddress.Parse("11.0.0.1"),
            Folder = folder.FullName,
            Networks =
            [
                new(IPNetwork.Parse("2d00:2000::/32")),
                new(IPNetwork.Parse("2d00:1000::/32"), 600_000, 601_000),
                new(IPNetwork.Parse("11.1.0.0/16"), 600_000),
            ],
            Sessions =
            [
                new(
                    "edge",
                    IPAddress.Parse("2001:db8::1"),
                    IPAddress.Parse("2001:db8::2"),
                    64500,
                    "link",
                    "lab-secret"
                )
                {
                    IsEdge = true,
                },
                new(
                    "world",
                    IPAddress.Parse("100.64.0.1"),
                    IPAddress.Parse("100.64.0.0"),
                    600_000,
                    "world"
                ),
            ],
        };

    private string Text(SpeakerKind kind) =>
        kind switch
        {
            SpeakerKind.Bird => BirdConfiguration.Write(Role),
            SpeakerKind.Frr => FrrSpeakerConfiguration.Write(Role),
            SpeakerKind.OpenBgpd => OpenBgpdConfiguration.Write(Role),
            SpeakerKind.GoBgp => GoBgpConfiguration.Write(Role),
            _ => ExaBgpConfiguration.Write(Role),
        };

    private Task<ProcessOutcome> ReadAsync(SpeakerKind kind, string text)
    {
        var path = Path.Combine(folder.FullName, "speaker.conf");
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        ProcessCommand command = kind switch
        {
            SpeakerKind.Bird => new(Tools.Bird, "-p", "-c", path),
            SpeakerKind.Frr => new(Tools.Vtysh, "-C", "-f", path),
            SpeakerKind.OpenBgpd => new(Tools.OpenBgpDaemon, "-n", "-f", path),
            SpeakerKind.GoBgp => new(Tools.GoBgpDaemon, "-d", "-f", path, "--log-plain"),
            _ => new(Tools.ExaBgp, "--test", path)
            {
                Environment = ExaBgpConfiguration.Environment,
            },
        };
        return Need.Processes.RunUncheckedAsync(command, Need.Token);
    }
}
