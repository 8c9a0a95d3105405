using Appliance.Sources.Sets;

namespace Appliance.Sources.Store;

/// <summary>
/// Where the layer of one set lies: <c>store/DIGEST-v1/{index,payload}</c>. It is made in <c>store/DIGEST-v1.partial</c>
/// and renamed when it is complete; whoever makes it holds the lock of the same name.
/// </summary>
internal sealed record StorePaths(CacheLocation Cache, string Key)
{
    public const string PartialExtension = ".partial";

    public string Directory => Path.Combine(Cache.StoreDirectory, Key);

    public string Index => Path.Combine(Directory, "index");

    public string Payload => Path.Combine(Directory, "payload");

    public string PartialDirectory => Directory + PartialExtension;

    public string PartialIndex => Path.Combine(PartialDirectory, "index");

    public string PartialPayload => Path.Combine(PartialDirectory, "payload");

    public string Lock => LockOf(Cache, Key);

    public static StorePaths For(CacheLocation cache, string setSha256) =>
        new(cache, $"{setSha256}-v{LayerIndex.FormatVersion}");

    public static string LockOf(CacheLocation cache, string key) =>
        Path.Combine(cache.LocksDirectory, key + ".lock");
}
