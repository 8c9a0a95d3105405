using System.Text.RegularExpressions;

namespace Appliance.Files;

/// <summary>What runs that were killed have left of an output: an image is large, and its random name is used once.</summary>
internal static partial class AbandonedOutputs
{
    /// <summary>A run writes all the time: a file this old is nobody's.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(10);

    /// <summary>Removes old files of the form that <see cref="PendingOutput"/> gives them, unless a process has them open.</summary>
    public static void Sweep(string target)
    {
        var name = Path.GetFileName(target);
        var folder = Path.GetDirectoryName(target)!;
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*" + PendingOutput.Suffix))
        {
            var file = Path.GetFileName(path);
            if (
                file.StartsWith(name + ".", StringComparison.Ordinal)
                && Form().IsMatch(file.AsSpan(name.Length))
                && Entry.Of(path).Kind == EntryKind.File
                && DateTime.UtcNow - File.GetLastWriteTimeUtc(path) > Age
            )
            {
                TryRemove(path);
            }
        }
    }

    private static void TryRemove(string path)
    {
        try
        {
            using var held = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another run has it, or it is another user's.
        }
    }

    [GeneratedRegex(@"^\.[0-9a-f]{16}\.part\z")]
    private static partial Regex Form();
}
