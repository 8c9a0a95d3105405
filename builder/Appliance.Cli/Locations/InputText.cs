using Appliance.Cli.Verbs;

namespace Appliance.Cli.Locations;

/// <summary>Small files that an option names.</summary>
internal static class InputText
{
    /// <exception cref="MissingInputException">The file is not there.</exception>
    public static string Read(VerbContext context, string path) =>
        File.ReadAllText(Find(context, path));

    /// <exception cref="MissingInputException">The file is not there.</exception>
    public static byte[] ReadBytes(VerbContext context, string path) =>
        File.ReadAllBytes(Find(context, path));

    private static string Find(VerbContext context, string path)
    {
        var full = context.Environment.Resolve(path);
        return File.Exists(full) ? full : throw new MissingInputException($"{path} is not there");
    }
}
