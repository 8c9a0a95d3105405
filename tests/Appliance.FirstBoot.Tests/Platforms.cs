using System.Runtime.Versioning;

// The tests that need a Unix skip themselves elsewhere.
[assembly: UnsupportedOSPlatform("windows")]
