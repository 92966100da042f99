"""Reads files of weights and of training that chainrule wrote, and writes what chainrule reads; says `torch` if that was used."""

import sys

import numpy
import safetensors
import safetensors.numpy

folder = sys.argv[1]

# Names, shapes and numbers as they are.
weights = safetensors.numpy.load_file(f"{folder}/own.safetensors")
assert sorted(weights) == ["b1", "b2", "w1", "w2"], sorted(weights)
assert weights["w1"].dtype == numpy.float32 and weights["w1"].shape == (3, 4), weights["w1"]
assert (weights["w1"] == numpy.arange(12, dtype="f4").reshape(3, 4) / 8).all(), weights["w1"]
assert weights["b2"].shape == () and weights["b2"] == 2.5, weights["b2"]
with safetensors.safe_open(f"{folder}/own.safetensors", "np") as file:
    properties = dict(line.split(" ", 1) for line in file.metadata()["chainrule"].splitlines())
assert properties["format"] == "1" and len(properties["definition"]) == 16, properties

# A checkpoint has the parameters under the same names, and more.
training = safetensors.numpy.load_file(f"{folder}/training.safetensors")
assert training["w1"].shape == (3, 4) and list(training["training/position"]) == [2, 0], training

# The file that the mapping wrote, as PyTorch has it.
torch_names = ["0.bias", "0.weight", "2.bias", "2.weight"]
mapped = safetensors.numpy.load_file(f"{folder}/mapped.safetensors")
assert sorted(mapped) == torch_names, sorted(mapped)
assert (mapped["0.weight"] == weights["w1"].T).all()
assert mapped["2.weight"].shape == (1, 4) and mapped["2.bias"].shape == (1,)

# Numbers of other types and another layout, for chainrule to read.
numbers = {name: value * 0.5 + 0.25 for name, value in weights.items()}
for name, dtype in [("half", "f2"), ("double", "f8")]:
    converted = {key: numpy.asarray(value, dtype) for key, value in numbers.items()}
    safetensors.numpy.save_file(converted, f"{folder}/{name}.safetensors")
foreign = {
    "0.weight": numpy.ascontiguousarray(numbers["w1"].T),
    "0.bias": numbers["b1"],
    "2.weight": numbers["w2"].reshape(1, 4),
    "2.bias": numbers["b2"].reshape(1),
}
safetensors.numpy.save_file(foreign, f"{folder}/foreign.safetensors")

try:
    import torch
    import safetensors.torch
except ImportError:
    sys.exit()

# Into the modules of PyTorch, which compute what chainrule does, and back.
x = torch.tensor([[0.5, -1.0, 2.0], [1.0, 0.25, -0.5]])
network = torch.nn.Sequential(torch.nn.Linear(3, 4), torch.nn.ReLU(), torch.nn.Linear(4, 1))
network.load_state_dict(safetensors.torch.load_file(f"{folder}/mapped.safetensors"))
with open(f"{folder}/predictions.txt") as file:
    expected = torch.tensor([float(line) for line in file])
found = network(x).detach().flatten()
assert torch.allclose(found, expected, rtol=1e-6), (found, expected)
with torch.no_grad():
    for parameter in network.parameters():
        parameter.mul_(0.5).add_(0.25)
safetensors.torch.save_file(network.state_dict(), f"{folder}/foreign.safetensors")
brain = {name: value.to(torch.bfloat16) for name, value in network.state_dict().items()}
safetensors.torch.save_file(brain, f"{folder}/brain.safetensors")
print("torch")
