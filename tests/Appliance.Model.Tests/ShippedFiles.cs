using System.Runtime.CompilerServices;
using Appliance.Model.Networks;
using Appliance.Model.Profiles;

namespace Appliance.Model.Tests;

/// <summary>The files of the repository's profiles folder.</summary>
internal static class ShippedFiles
{
    /// <summary>The folder of this test project.</summary>
    public static string Tests { get; } = Path.Combine(Root(), "tests", "Appliance.Model.Tests");

    public static string Folder { get; } = Path.Combine(Root(), "profiles");

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public static Network Network(string name) =>
        NetworkFile.Read(Text($"networks/{name}.yaml"), $"{name}.yaml").Value
        ?? throw new InvalidOperationException($"{name}.yaml has errors");

    public static Profile Profile(string name) =>
        ProfileFile.Read(Text($"{name}.yaml"), $"{name}.yaml").Value
        ?? throw new InvalidOperationException($"{name}.yaml has errors");

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", ".."));
}
