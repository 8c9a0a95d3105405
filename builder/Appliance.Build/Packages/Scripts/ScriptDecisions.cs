using Appliance.Sources.Packages.Manifests;

namespace Appliance.Build.Packages.Scripts;

/// <summary>Decides what becomes of the scripts that a package runs when it is installed.</summary>
internal static class ScriptDecisions
{
    /// <summary>In pkg's order: what comes before the files, shell before Lua, then what comes after them.</summary>
    public static IReadOnlyList<ScriptDecision> Of(PackageManifest package) =>
        [
            .. Shell(package, PackageScriptKind.PreInstall),
            .. Lua(package, PackageScriptKind.PreInstall),
            .. Shell(package, PackageScriptKind.PostInstall),
            .. Shell(package, PackageScriptKind.Install),
            .. Lua(package, PackageScriptKind.PostInstall),
        ];

    private static IEnumerable<ScriptDecision> Shell(
        PackageManifest package,
        PackageScriptKind kind
    ) =>
        package
            .Scripts.Where(script => script.Kind == kind)
            .Select(script =>
                Decide(script, ScriptLanguage.Shell, ShellReader.Read(script.Text, package.Prefix))
            );

    private static IEnumerable<ScriptDecision> Lua(
        PackageManifest package,
        PackageScriptKind kind
    ) =>
        package
            .LuaScripts.Where(script => script.Kind == kind)
            .Select(script =>
                Decide(script, ScriptLanguage.Lua, LuaReader.Read(script.Text, package.Prefix))
            );

    private static ScriptDecision Decide(
        PackageScript script,
        ScriptLanguage language,
        ScriptReading reading
    ) =>
        new(
            script,
            language,
            reading.IsComplete ? ScriptHandling.Builder : ScriptHandling.FirstBoot,
            reading
        );
}
