using Appliance.Lab.Linux;

namespace Appliance.Tests.Support;

/// <summary>Two namespaces joined by a cable, 192.0.2.1 (and .3) and 192.0.2.2.</summary>
internal sealed class NamespacePair : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-lab-");

    private NamespacePair(string name)
    {
        First = new($"{name}.1");
        Second = new($"{name}.2");
        Ip = new IpTool(Need.Processes, folder.FullName);
    }

    public NetworkNamespace First { get; }

    public NetworkNamespace Second { get; }

    public IpTool Ip { get; }

    public static async Task<NamespacePair> MakeAsync(string name)
    {
        var pair = new NamespacePair($"appliance-lab.test-{name}");
        try
        {
            await pair.Ip.AddNamespaceAsync(pair.First.Name, Need.Token);
            await pair.Ip.AddNamespaceAsync(pair.Second.Name, Need.Token);
            await pair.Ip.BatchAsync(
                pair.First.Name,
                "cable",
                [
                    $"link add name cable type veth peer name cable netns {pair.Second.Name}",
                    "address add 192.0.2.1/24 dev cable",
                    "address add 192.0.2.3/24 dev cable",
                    "link set dev cable up",
                ],
                Need.Token
            );
            await pair.Ip.BatchAsync(
                pair.Second.Name,
                "cable",
                ["address add 192.0.2.2/24 dev cable", "link set dev cable up"],
                Need.Token
            );
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var one in new[] { First, Second }.Where(one => one.Exists))
        {
            await Ip.DeleteNamespaceAsync(one.Name, CancellationToken.None);
        }

        folder.Delete(recursive: true);
    }
}
