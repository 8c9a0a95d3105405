using Appliance.Model.Profiles;

namespace Appliance.Build.Plans;

/// <summary>Image formats as profiles and file names write them.</summary>
public static class FormatNames
{
    public static string Of(ImageFormat format) => format.ToString().ToLowerInvariant();
}
