using System.Text;

namespace Appliance.Sources.Sets;

/// <summary>Says which files the user can bring by hand, and where to put them.</summary>
internal static class Advice
{
    /// <param name="directory">Where the files have to be.</param>
    /// <param name="mirror">Where they are to be had; null where no network is to be used.</param>
    /// <param name="files">Name and digest (null where not known) of each.</param>
    public static string Bring(
        string directory,
        Uri? mirror,
        IEnumerable<(string FileName, string? Sha256)> files
    )
    {
        var text = new StringBuilder();
        text.Append("Put these files into ").Append(directory).Append(':');
        foreach (var (file, sha256) in files)
        {
            text.Append("\n  ").Append(file);
            if (sha256 is not null)
            {
                text.Append("  sha256 ").Append(sha256);
            }
        }

        if (mirror is not null)
        {
            text.Append("\nThey are published at ").Append(mirror);
        }

        return text.Append(
                "\nOr name a directory that has them with --sets DIR, or another mirror with --mirror URL"
            )
            .ToString();
    }
}
