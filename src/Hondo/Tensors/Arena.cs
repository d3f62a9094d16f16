namespace Hondo.Tensors;

/// <summary>Memory that a tape uses again and again: blocks go back to a list by size and come out of it.</summary>
sealed class Arena
{
    readonly Dictionary<int, Stack<Block>> _free = [];

    /// <summary>Bytes that this arena has asked the runtime for.</summary>
    public long AllocatedBytes { get; private set; }

    /// <summary>A block of undefined contents.</summary>
    public Block Rent(int length)
    {
        int size = Block.RoundUp(length);
        if (_free.TryGetValue(size, out Stack<Block>? blocks) && blocks.TryPop(out Block block))
            return block.Slice(0, length);
        AllocatedBytes += size;
        return Block.Allocate(size).Slice(0, length);
    }

    /// <summary>Gives a block back; nobody may use it afterwards.</summary>
    public void Return(Block block)
    {
        if (block.IsEmpty)
            return;
        int size = Block.RoundUp(block.Length);
        if (!_free.TryGetValue(size, out Stack<Block>? blocks))
            _free[size] = blocks = [];
        blocks.Push(block.Slice(0, size));
    }
}
