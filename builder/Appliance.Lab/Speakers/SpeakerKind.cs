namespace Appliance.Lab.Speakers;

/// <summary>Programs that play an honest neighbor.</summary>
public enum SpeakerKind
{
    Bird,
    Frr,
    OpenBgpd,
    GoBgp,
    ExaBgp,
}
