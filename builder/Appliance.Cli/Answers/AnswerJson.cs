using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Appliance.Build.Bills;
using Appliance.Build.Changes;
using Appliance.Build.Objects;
using Appliance.Build.Packages.Scripts;
using Appliance.Build.Plans;
using Appliance.Conformance;
using Appliance.Lab.Running;
using Appliance.Model.Reports;
using Appliance.Rendering.Verdicts;
using Appliance.Sources.Packages.Manifests;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Sets;

namespace Appliance.Cli.Answers;

/// <summary>
/// What verbs answer with <c>--json</c>, as code that is made while compiling: a program in native code knows no types to
/// look into. Names are in snake case, absent members are left out, and text stays legible.
/// </summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AuditAnswer))]
[JsonSerializable(typeof(BillOfMaterials))]
[JsonSerializable(typeof(BuildAnswer))]
[JsonSerializable(typeof(BuildPlan))]
[JsonSerializable(typeof(CheckAnswer))]
[JsonSerializable(typeof(DiffAnswer))]
[JsonSerializable(typeof(FailureAnswer))]
[JsonSerializable(typeof(IReadOnlyList<DifferentFile>))]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
[JsonSerializable(typeof(IReadOnlyList<LabRemains>))]
[JsonSerializable(typeof(IReadOnlyList<LockAnswer>))]
[JsonSerializable(typeof(IReadOnlyList<OriginAnswer>))]
[JsonSerializable(typeof(IReadOnlyList<ProfileSets>))]
[JsonSerializable(typeof(IReadOnlyList<ShownFile>))]
[JsonSerializable(typeof(IReadOnlyList<RequirementAnswer>))]
[JsonSerializable(typeof(LabAnswer))]
[JsonSerializable(typeof(LabTestAnswer))]
[JsonSerializable(typeof(ObjectsAnswer))]
[JsonSerializable(typeof(SeedAnswer))]
[JsonSerializable(typeof(WrittenFiles))]
internal sealed partial class AnswerJson : JsonSerializerContext
{
    public static AnswerJson Shapes { get; } =
        new(
            new JsonSerializerOptions
            {
                WriteIndented = true,
                NewLine = "\n",
                PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
                Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
                Converters =
                {
                    Words<BaseSource>(),
                    Words<CaseOutcome>(),
                    Words<ChangeKind>(),
                    Words<ChangeSubject>(),
                    Words<ComponentKind>(),
                    Words<LicenseLogic>(),
                    Words<OriginState>(),
                    Words<PackageScriptKind>(),
                    Words<PackageState>(),
                    Words<PlanInputKind>(),
                    Words<ScriptHandling>(),
                    Words<ScriptLanguage>(),
                    Words<SetState>(),
                    Words<Severity>(),
                },
            }
        );

    private static JsonStringEnumConverter<T> Words<T>()
        where T : struct, Enum => new(JsonNamingPolicy.SnakeCaseLower);
}
