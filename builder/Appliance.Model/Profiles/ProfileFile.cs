using Appliance.Model.Reports;
using Appliance.Model.Validation;
using Appliance.Model.Yaml;

namespace Appliance.Model.Profiles;

/// <summary>Reads and validates a profile. Nothing but the file itself is touched.</summary>
public static class ProfileFile
{
    /// <summary>Reads the file at <paramref name="path"/>; findings call it by that path.</summary>
    public static Loaded<Profile> Read(string path) => ReadFile(path, path);

    /// <summary>Reads the file at <paramref name="path"/>; findings call it <paramref name="fileName"/>.</summary>
    public static Loaded<Profile> ReadFile(string path, string fileName)
    {
        var report = new Report();
        var source = SourceFile.Read(path, fileName, report);
        return source is null ? new Loaded<Profile>(null, report) : Read(source, report);
    }

    /// <summary>Reads a text that findings call <paramref name="fileName"/>.</summary>
    public static Loaded<Profile> Read(string text, string fileName) =>
        Read(SourceFile.FromText(text, fileName), new Report());

    private static Loaded<Profile> Read(SourceText source, Report report)
    {
        var root = YamlDocument.Read(source, report);
        var profile = root is null
            ? null
            : new ProfileReader(new NodeReader(source, report)).Read(root);
        if (profile is not null)
        {
            ProfileValidation.Validate(profile, report);
        }

        return new Loaded<Profile>(report.HasErrors ? null : profile, report);
    }
}
