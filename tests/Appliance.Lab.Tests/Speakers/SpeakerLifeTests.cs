using System.Net;
using System.Runtime.Versioning;
using Appliance.Lab.Speakers;
using Appliance.Lab.Tests.Support;

namespace Appliance.Lab.Tests.Speakers;

/// <summary>A speaker ends before the next one of its place starts, however busy the machine is.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class SpeakerLifeTests : IDisposable
{
    private const int Rounds = 5;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-lab-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(SpeakerKind.Bird)]
    [InlineData(SpeakerKind.Frr)]
    [InlineData(SpeakerKind.OpenBgpd)]
    [InlineData(SpeakerKind.GoBgp)]
    [InlineData(SpeakerKind.ExaBgp)]
    public async Task Every_kind_starts_right_after_its_predecessor_and_leaves_no_process(
        SpeakerKind kind
    )
    {
        Need.Root();
        Need.Tool([.. Speaker.ToolsOf(kind)]);
        // FRR's and OpenBGPD's daemons have users of their own.
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0x1ED);
        await using var pair = await NamespacePair.MakeAsync($"life-{kind}");
        await pair.Ip.BatchAsync(pair.First.Name, "lo", ["link set dev lo up"], Need.Token);
        for (var round = 0; round < Rounds; round++)
        {
            var speaker = await Speaker.StartAsync(kind, Role(), pair.First, Need.Host, Need.Token);
            if (kind is SpeakerKind.Bird or SpeakerKind.Frr)
            {
                // Others may still be on their way into the namespace.
                Assert.NotEmpty(await pair.Ip.ProcessesAsync(pair.First.Name, Need.Token));
            }

            // At once: it may not have written a file with its number yet.
            await speaker.DisposeAsync();
            Assert.Empty(await pair.Ip.ProcessesAsync(pair.First.Name, Need.Token));
        }
    }

    [Fact]
    public async Task A_configuration_that_BIRD_refuses_is_told_with_its_words_and_leaves_no_process()
    {
        Need.Root();
        Need.Tool([.. Speaker.ToolsOf(SpeakerKind.Bird)]);
        await using var pair = await NamespacePair.MakeAsync("life-bad");
        var role = Role() with { Sessions = [Role().Sessions[0] with { Name = "no name" }] };
        var exception = await Assert.ThrowsAnyAsync<Exception>(() =>
            Speaker.StartAsync(SpeakerKind.Bird, role, pair.First, Need.Host, Need.Token)
        );
        Assert.Contains("bird.conf", exception.Message, StringComparison.Ordinal);
        Assert.Empty(await pair.Ip.ProcessesAsync(pair.First.Name, Need.Token));
    }

    private SpeakerRole Role() =>
        new()
        {
            Asn = 64496,
            RouterId = IPAddress.Parse("192.0.2.1"),
            Folder = Path.Combine(folder.FullName, "speaker"),
            Networks = [new(IPNetwork.Parse("198.51.100.0/24"))],
            Sessions =
            [
                new(
                    "edge",
                    IPAddress.Parse("192.0.2.1"),
                    IPAddress.Parse("192.0.2.2"),
                    64500,
                    "cable"
                )
                {
                    IsEdge = true,
                },
            ],
        };
}
