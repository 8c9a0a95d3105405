#!/usr/bin/env pwsh
# A few lines over dotnet: ./build.ps1 [build|test|image|format] [arguments …]
param(
    [ValidateSet('build', 'test', 'image', 'format')]
    [string] $Task = 'build',
    [Parameter(ValueFromRemainingArguments)]
    [string[]] $Rest = @()
)
$ErrorActionPreference = 'Stop'
Set-Location $PSScriptRoot
switch ($Task) {
    'build' { dotnet build Appliance.sln @Rest }
    'test' { dotnet test --solution Appliance.sln @Rest }
    'image' { dotnet run --project builder/Appliance.Cli -- build @Rest }
    'format' { dotnet tool restore && dotnet csharpier format . }
}
exit $LASTEXITCODE
