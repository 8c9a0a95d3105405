namespace Appliance.Verify.Processes;

/// <summary>A program is not on PATH.</summary>
public sealed class MissingToolException(Tool tool)
    : VerifyException(
        VerifyFault.MissingTool,
        $"{tool.Name} is not on PATH: install it with `apt install {tool.Debian}` (Debian, Ubuntu), "
            + $"`brew install {tool.Brew}` (macOS) or `pkg install {tool.Pkg}` (FreeBSD)"
    )
{
    public Tool Tool { get; } = tool;
}
