@echo off
rem The command line: built at the first start, and again when a source has changed.
setlocal
set "home=%~dp0"
set "program=%home%artifacts\hondo"
set "mirror=%home%artifacts\sources"
if exist "%program%\Hondo.Cli.dll" (
    rem Robocopy only lists what differs from the sources of the last build; 0 means nothing.
    robocopy "%home%src" "%mirror%" /mir /l /xd bin obj /njh /njs /ndl /nc /ns /nfl > nul && goto run
)
where dotnet > nul 2> nul || (
    echo hondo needs the .NET SDK that global.json names: https://dotnet.microsoft.com/download 1>&2
    exit /b 1
)
echo Building once, about a minute 1>&2
if not exist "%home%artifacts" mkdir "%home%artifacts"
call :publish -p:PublishReadyToRun=true || call :publish || (
    type "%home%artifacts\build.log" 1>&2
    echo hondo could not be built. 1>&2
    exit /b 1
)
robocopy "%home%src" "%mirror%" /mir /xd bin obj /njh /njs /ndl /nc /ns /nfl > nul
:run
dotnet "%program%\Hondo.Cli.dll" %*
exit /b %errorlevel%

:publish
dotnet publish "%home%src\Hondo.Cli" --configuration Release --nologo --verbosity quiet ^
    --artifacts-path "%home%artifacts\build" --output "%program%" ^
    -p:RunAnalyzers=false -p:GenerateDocumentationFile=false -p:NuGetLockFilePath=obj/start.lock.json %* ^
    > "%home%artifacts\build.log" 2>&1
exit /b %errorlevel%
