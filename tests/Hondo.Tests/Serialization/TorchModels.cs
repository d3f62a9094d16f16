namespace Hondo.Tests.Serialization;

/// <summary>The models of <see cref="StateDictTests"/> in PyTorch, by the names that Hondo's parameters have.</summary>
static class TorchModels
{
    public const string Program = """
        import json, struct, sys
        import numpy as np, torch
        from torch import nn

        class Residual(nn.Module):
            def __init__(self, body, shortcut=None):
                super().__init__()
                self.body, self.shortcut = body, shortcut
            def forward(self, x):
                return self.body(x) + (x if self.shortcut is None else self.shortcut(x))

        class First(nn.Module):
            def forward(self, pair):
                return pair[0]

        class Steps(nn.Module):
            def __init__(self, body, head):
                super().__init__()
                self.add_module("0", body)
                self.add_module("1", head)
            def forward(self, x):
                return self._modules["1"](self._modules["0"](x)[0])

        def conv(i, o, k, s=1):
            return [nn.Conv2d(i, o, k, s, padding=k // 2, bias=False), nn.BatchNorm2d(o)]

        def resnet():
            layers, inputs = conv(3, 16, 3) + [nn.ReLU()], 16
            for width in (16, 32, 64):
                stride = 2 if width != inputs else 1
                body = nn.Sequential(*conv(inputs, width, 3, stride), nn.ReLU(), *conv(width, width, 3))
                cut = nn.Sequential(*conv(inputs, width, 1, stride)) if width != inputs else None
                layers += [Residual(body, cut), nn.ReLU()]
                inputs = width
            head = nn.Linear(64, 4)
            model = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), head)
            model.forward = lambda x: head(nn.Sequential(*list(model)[:-1])(x).flatten(1))
            return model

        models = {
            "mlp": nn.Sequential(nn.Linear(6, 8), nn.Tanh(), nn.Linear(8, 3)),
            "cnn": nn.Sequential(nn.Conv2d(2, 4, 3, padding=1), nn.BatchNorm2d(4), nn.PReLU(4), nn.MaxPool2d(2),
                nn.Conv2d(4, 6, 2, groups=2), nn.ConvTranspose2d(6, 5, 2, bias=False), nn.Flatten(),
                nn.BatchNorm1d(60), nn.Dropout(), nn.Linear(60, 5)),
            "resnet": resnet(),
            "lstm": Steps(nn.LSTM(3, 4, num_layers=2, bidirectional=True, batch_first=True), nn.Linear(8, 2)),
            "gru": Steps(nn.GRU(3, 5, batch_first=True), nn.Linear(5, 2)),
            "transformer": nn.TransformerEncoderLayer(6, 2, 12, 0, "gelu", batch_first=True, norm_first=True),
        }
        kinds = {"F32": np.float32, "I64": np.int64}

        def read(path):
            raw = open(path, "rb").read()
            length, = struct.unpack("<Q", raw[:8])
            header, data = json.loads(raw[8:8 + length]), raw[8 + length:]
            return {n: torch.from_numpy(np.frombuffer(data[e["data_offsets"][0]:e["data_offsets"][1]],
                kinds[e["dtype"]]).reshape(e["shape"]).copy()) for n, e in header.items() if n != "__metadata__"}

        def write(path, tensors):
            header, data = {}, b""
            for name, t in tensors.items():
                part = t.detach().contiguous().numpy().tobytes()
                header[name] = {"dtype": "I64" if t.dtype == torch.int64 else "F32", "shape": list(t.shape),
                    "data_offsets": [len(data), len(data) + len(part)]}
                data += part
            text = json.dumps(header).encode()
            open(path, "wb").write(struct.pack("<Q", len(text)) + text + data)

        folder, inputs = sys.argv[1], np.load(sys.argv[1] + "/inputs.npz")
        outputs = {}
        torch.manual_seed(3)
        for name, model in models.items():
            if sys.argv[2] == "load":
                model.load_state_dict(read(f"{folder}/{name}.safetensors"))
            else:
                for key, t in model.state_dict().items():
                    if t.is_floating_point():
                        t.copy_(torch.rand_like(t) + 0.5 if "var" in key else torch.randn_like(t) * 0.3)
                write(f"{folder}/{name}.torch.safetensors", model.state_dict())
            x = torch.from_numpy(inputs[name])
            with torch.no_grad():
                outputs[name] = model.eval()(x.permute(0, 3, 1, 2).contiguous() if x.dim() == 4 else x).numpy()
        np.savez(folder + "/outputs.npz", **outputs)
        """;
}
