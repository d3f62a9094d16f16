using System.Text.Json.Nodes;
using Hondo.Data;
using NetMQ;
using NetMQ.Sockets;

namespace Hondo.Notebooks;

/// <summary>The five sockets of a kernel, served by one thread; anybody may send.</summary>
sealed class JupyterSockets : IDisposable
{
    readonly RouterSocket _shell = new(), _control = new(), _input = new();
    readonly PublisherSocket _public = new();
    readonly ResponseSocket _heart = new();
    readonly NetMQQueue<(IOutgoingSocket Socket, NetMQMessage Frames)> _outgoing = new();
    readonly NetMQPoller _poller;
    readonly JupyterWire _wire;

    /// <summary>Binds the sockets that a connection file names.</summary>
    /// <exception cref="DataFormatException">The file is no connection file.</exception>
    public JupyterSockets(string file)
    {
        if (JsonNode.Parse(File.ReadAllText(file)) is not JsonObject connection || connection["shell_port"] is null)
            throw new DataFormatException(file, "", "it is no connection file of Jupyter",
                "Jupyter starts the kernel; to tell it of the kernel, run 'hondo notebook kernel --install'.");
        string Address(string name) => (string?)connection["transport"] == "ipc"
            ? $"ipc://{connection["ip"]}-{connection[name]}"
            : $"tcp://{connection["ip"]}:{connection[name]}";
        _wire = new((string?)connection["key"] ?? "");
        _shell.Bind(Address("shell_port"));
        _control.Bind(Address("control_port"));
        _input.Bind(Address("stdin_port"));
        _public.Bind(Address("iopub_port"));
        _heart.Bind(Address("hb_port"));
        _public.Options.Linger = _shell.Options.Linger = _control.Options.Linger = TimeSpan.FromMilliseconds(500);
        _heart.ReceiveReady += (_, e) => e.Socket.SendMultipartMessage(e.Socket.ReceiveMultipartMessage());
        _outgoing.ReceiveReady += (_, e) =>
        {
            while (e.Queue.TryDequeue(out var one, TimeSpan.Zero))
                one.Socket.SendMultipartMessage(one.Frames);
        };
        _poller = [_shell, _control, _input, _heart, _outgoing];
    }

    /// <summary>Serves until <see cref="Stop"/>.</summary>
    public void Serve(Action<JupyterMessage> onShell, Action<JupyterMessage> onControl, Action<JupyterMessage> onInput)
    {
        Listen(_shell, onShell);
        Listen(_control, onControl);
        Listen(_input, onInput);
        _poller.Run();
    }

    void Listen(RouterSocket socket, Action<JupyterMessage> act) => socket.ReceiveReady += (_, e) =>
    {
        if (_wire.Read(e.Socket.ReceiveMultipartMessage()) is { } message)
            act(message);
    };

    public void Stop() => _poller.StopAsync();

    public void ReplyOnShell(JupyterMessage request, string type, JsonObject content) =>
        _outgoing.Enqueue((_shell, _wire.Write(type, content, request, isReply: true)));

    public void ReplyOnControl(JupyterMessage request, string type, JsonObject content) =>
        _outgoing.Enqueue((_control, _wire.Write(type, content, request, isReply: true)));

    public void Ask(JupyterMessage request, JsonObject content) =>
        _outgoing.Enqueue((_input, _wire.Write("input_request", content, request, isReply: true)));

    public void Publish(JupyterMessage? request, string type, JsonObject content) =>
        _outgoing.Enqueue((_public, _wire.Write(type, content, request, isReply: false)));

    public void Dispose()
    {
        _poller.Dispose();
        foreach (NetMQSocket socket in new NetMQSocket[] { _shell, _control, _input, _public, _heart })
            socket.Dispose();
        _outgoing.Dispose();
    }
}
