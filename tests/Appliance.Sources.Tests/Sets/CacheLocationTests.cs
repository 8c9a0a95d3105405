using Appliance.Sources.Sets;

namespace Appliance.Sources.Tests.Sets;

public class CacheLocationTests
{
    [Theory]
    [InlineData(CacheHost.Unix, null, null, "/home/ops/.cache/appliance")]
    [InlineData(CacheHost.Unix, "/var/cache", null, "/var/cache/appliance")]
    [InlineData(CacheHost.Unix, "relative/is/ignored", null, "/home/ops/.cache/appliance")]
    [InlineData(CacheHost.Unix, "", null, "/home/ops/.cache/appliance")]
    [InlineData(CacheHost.MacOs, null, null, "/home/ops/Library/Caches/appliance")]
    [InlineData(CacheHost.MacOs, "/var/cache", null, "/var/cache/appliance")]
    [InlineData(CacheHost.Windows, null, "/local", "/local/appliance")]
    [InlineData(CacheHost.Windows, null, null, "/home/ops/AppData/Local/appliance")]
    public void The_cache_lies_where_the_host_keeps_caches(
        CacheHost host,
        string? xdg,
        string? local,
        string expected
    )
    {
        var cache = CacheLocation.For(
            host,
            name =>
                name switch
                {
                    "XDG_CACHE_HOME" => xdg,
                    "LOCALAPPDATA" => local,
                    _ => null,
                },
            "/home/ops"
        );
        Assert.Equal(expected, cache.Root.Replace('\\', '/'));
    }

    [Fact]
    public void Sets_lie_in_a_directory_of_their_release_and_architecture()
    {
        var directory = new CacheLocation("/cache").SetsDirectory("15.0-RELEASE", "amd64");
        Assert.Equal("/cache/sets/15.0-RELEASE-amd64", directory.Replace('\\', '/'));
    }
}
