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
        string?[] ways =
        [
            $"`apt install {tool.Debian}` (Debian, Ubuntu)",
            tool.Fedora is { } fedora ? $"`dnf install {fedora}` (Fedora)" : null,
            tool.Brew is { } brew ? $"`brew install {brew}` (macOS)" : null,
            tool.Pkg is { } pkg ? $"`pkg install {pkg}` (FreeBSD)" : null,
        ];
        return string.Join(", ", ways.OfType<string>());
    }
}
