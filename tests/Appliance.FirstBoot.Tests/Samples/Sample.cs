namespace Appliance.FirstBoot.Tests.Samples;

/// <summary>Output of FreeBSD 15.0's tools, in the form in which they print it.</summary>
internal static class Sample
{
    public static string Read(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", name));
}
