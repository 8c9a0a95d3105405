using Appliance.Model.Profiles;
using Appliance.Model.Reports;
using Appliance.Model.Yaml;

namespace Appliance.Cli.Locations;

/// <summary>The folder of profiles: which there are, and what to say of one that is not.</summary>
/// <param name="path">The folder.</param>
/// <param name="workingFolder">What paths in messages are relative to, where that is shorter.</param>
internal sealed class ProfileFolder(string path, string workingFolder)
{
    private const string Extension = ".yaml";

    public string PathOf(string name) => Path.Combine(path, name + Extension);

    /// <summary>A path for messages: relative below the working folder, else only what is below the folder's parent.</summary>
    public string Shown(string file)
    {
        var relative = Path.GetRelativePath(workingFolder, file);
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? Path.GetRelativePath(Path.GetDirectoryName(path) ?? path, file)
            : relative;
    }

    /// <summary>Reports a profile that is not there, where a site names it.</summary>
    /// <exception cref="MissingInputException">No site names it: the command line does.</exception>
    public void ReportMissing(string name, SourceLocation? at, Report report)
    {
        var known = Names();
        var where = Shown(path);
        var message =
            $"there is no profile {name} in {where}{Path.DirectorySeparatorChar}"
            + (known.Count == 0 ? "" : $", which has {string.Join(", ", known)}");
        var hint =
            (Spelling.Nearest(name, known) is { } nearest ? $"did you mean {nearest}? Else " : "")
            + $"write {Path.Combine(where, name + Extension)}, or name another folder with --profiles";
        if (at is null)
        {
            throw new MissingInputException($"{message}; {hint}");
        }

        report.Add(FindingCatalogue.ProfileMissing, at, message, hint);
    }

    /// <summary>Reports a profile whose name is not its file's.</summary>
    public static void CheckName(string name, Profile profile, Report report)
    {
        if (profile.Name.Text != name)
        {
            report.Add(
                FindingCatalogue.ProfileNameDiffers,
                profile.At,
                $"the profile calls itself {profile.Name}, its file {name}{Extension}",
                $"name: {name}"
            );
        }
    }

    private List<string> Names() =>
        Directory.Exists(path)
            ?
            [
                .. Directory
                    .EnumerateFiles(path, "*" + Extension)
                    .Select(file => Path.GetFileNameWithoutExtension(file)!)
                    .Order(StringComparer.Ordinal),
            ]
            : [];
}
