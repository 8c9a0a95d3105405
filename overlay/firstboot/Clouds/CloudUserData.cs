using Appliance.FirstBoot.Http;
using Appliance.FirstBoot.Metadata;

namespace Appliance.FirstBoot.Clouds;

/// <summary>User data beside a provider's facts: it takes nothing from them, whatever is wrong with it.</summary>
internal static class CloudUserData
{
    public static Facts Add(Facts facts, MetadataClient client, string path) =>
        Add(facts, client.TryGet(path));

    public static Facts Add(Facts facts, byte[]? userData) =>
        facts.With(MetadataFile.Read("user-data", userData, UserData.Read));
}
