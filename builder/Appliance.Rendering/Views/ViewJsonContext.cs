using System.Text.Json.Serialization;

namespace Appliance.Rendering.Views;

/// <summary>
/// Members keep their names in snake_case, absent ones are null and not left out: a template may ask "is
/// it there", but not for what no view ever has. Views are only ever written, so there is no code to read
/// them.
/// </summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Serialization,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.Never
)]
[JsonSerializable(typeof(AuthorizedKeysView))]
[JsonSerializable(typeof(FrrConfView))]
[JsonSerializable(typeof(FstabView))]
[JsonSerializable(typeof(HostsView))]
[JsonSerializable(typeof(IpsecConfView))]
[JsonSerializable(typeof(JailConfView))]
[JsonSerializable(typeof(LoaderConfView))]
[JsonSerializable(typeof(MotdView))]
[JsonSerializable(typeof(NtpConfView))]
[JsonSerializable(typeof(PfDownstreamView))]
[JsonSerializable(typeof(PfEdgeView))]
[JsonSerializable(typeof(PfFallbackView))]
[JsonSerializable(typeof(RcConfView))]
[JsonSerializable(typeof(ResolvConfView))]
[JsonSerializable(typeof(RpkiCronView))]
[JsonSerializable(typeof(SiteView))]
[JsonSerializable(typeof(SysctlConfView))]
internal sealed partial class ViewJsonContext : JsonSerializerContext;
