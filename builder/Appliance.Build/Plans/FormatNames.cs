using Appliance.Model.Profiles;

namespace Appliance.Build.Plans;

/// <summary>Image formats as profiles and file names write them.</summary>
public static class FormatNames
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [.. Enum.GetValues<ImageFormat>().Select(Of)];

    public static string Of(ImageFormat format) => format.ToString().ToLowerInvariant();

    /// <summary>The format of a name; null if there is none.</summary>
    public static ImageFormat? Find(string name)
    {
        foreach (var format in Enum.GetValues<ImageFormat>())
        {
            if (Of(format) == name)
            {
                return format;
            }
        }

        return null;
    }
}
