using System.Runtime.Versioning;

// It runs inside the appliance and nowhere else; a workstation of any kind only builds it.
[assembly: UnsupportedOSPlatform("windows")]
