using Appliance.Model.Networks;
using Appliance.Model.Profiles;

namespace Appliance.Model.Tests;

/// <summary>The files of the repository's profiles folder.</summary>
internal static class ShippedFiles
{
    /// <summary>The folder of this test project.</summary>
    public static string Tests { get; } = RepositoryRoot.Combine("tests", "Appliance.Model.Tests");

    public static string Folder { get; } = RepositoryRoot.Combine("profiles");

    public static string Text(string name) => File.ReadAllText(Path.Combine(Folder, name));

    public static Network Network(string name) =>
        NetworkFile.Read(Text($"networks/{name}.yaml"), $"{name}.yaml").Value
        ?? throw new InvalidOperationException($"{name}.yaml has errors");

    public static Profile Profile(string name) =>
        ProfileFile.Read(Text($"{name}.yaml"), $"{name}.yaml").Value
        ?? throw new InvalidOperationException($"{name}.yaml has errors");
}
