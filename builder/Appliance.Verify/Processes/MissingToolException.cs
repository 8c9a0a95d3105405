namespace Appliance.Verify.Processes;

/// <summary>A program is not on PATH.</summary>
public sealed class MissingToolException(Tool tool)
    : VerifyException(
        VerifyFault.MissingTool,
        $"{tool.Name} is not on PATH: install it with {Ways(tool)}"
    )
{
    public Tool Tool { get; } = tool;

    private static string Ways(Tool tool)
    {
        var debian = $"`apt install {tool.Debian}` (Debian, Ubuntu)";
        return tool is { Brew: { } brew, Pkg: { } pkg }
            ? $"{debian}, `brew install {brew}` (macOS) or `pkg install {pkg}` (FreeBSD)"
            : debian;
    }
}
