"""A small GPT on Tiny Shakespeare by characters, as nanoGPT's: 6 blocks of 6 heads, 384 wide, 256 characters, batch 4,
Adam 1e-3, no dropout, attention by PyTorch's own fused function where it has one. Reports chars/s. It stands on common.py
of the other scripts, in whose folder it is run."""
import os, sys
sys.path.insert(0, os.getcwd())
from common import *  # noqa: E402
import torch.nn.functional as F  # noqa: E402

text = open(os.path.join(DATA, "text", "shakespeare.txt"), "rb").read()
chars = sorted(set(text))
index = {c: i for i, c in enumerate(chars)}
ids = torch.tensor([index[c] for c in text])
B, T, V, WIDE, HEADS, BLOCKS = 4, 256, len(chars), 384, 6, 6
rows = ids[:len(ids) // B * B].view(B, -1)
mask = torch.full((T, T), float("-inf")).triu(1)


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDE, 3 * WIDE), nn.Linear(WIDE, WIDE)

    def forward(self, x):
        q, k, v = (y.view(B, T, HEADS, -1).transpose(1, 2) for y in self.qkv(x).split(WIDE, dim=2))
        if hasattr(F, "scaled_dot_product_attention"):
            y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        else:
            y = torch.softmax(q @ k.transpose(-2, -1) / (WIDE // HEADS) ** 0.5 + mask, dim=-1) @ v
        return self.out(y.transpose(1, 2).reshape(B, T, WIDE))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = nn.Sequential(nn.LayerNorm(WIDE), Attention())
        self.mlp = nn.Sequential(nn.LayerNorm(WIDE), nn.Linear(WIDE, 4 * WIDE), nn.GELU(), nn.Linear(4 * WIDE, WIDE))

    def forward(self, x):
        x = x + self.attention(x)
        return x + self.mlp(x)


class Gpt(nn.Module):
    def __init__(self):
        super().__init__()
        self.tokens, self.places = nn.Embedding(V, WIDE), nn.Parameter(0.02 * torch.randn(T, WIDE))
        self.body = nn.Sequential(*[Block() for _ in range(BLOCKS)], nn.LayerNorm(WIDE), nn.Linear(WIDE, V))
        for layer in self.modules():
            if isinstance(layer, (nn.Linear, nn.Embedding)):
                nn.init.normal_(layer.weight, std=0.02)

    def forward(self, x):
        return self.body(self.tokens(x) + self.places)


model = prepare(Gpt())
opt = optimizer(torch.optim.Adam, model.parameters(), lr=1e-3)
loss = nn.CrossEntropyLoss()


def stream():
    while True:
        for t in range(0, rows.shape[1] - T - 1, T):
            yield rows[:, t:t + T], rows[:, t + 1:t + T + 1]


train("gpt_small", model, opt, stream(), lambda m, b: (loss(m(b[0]).view(-1, V), b[1].reshape(-1)), B * T), steps=4, unit="chars")
