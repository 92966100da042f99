"""Backpropagation of the perceptron written on PyTorch's products, all memory kept between calls: its matrix library with little else."""

import torch

import problems


class Perceptron:
    def __init__(self, folder, problem, mode):
        x, y, parameters = problems.read(folder, problem)
        self.x, self.y = torch.from_numpy(x), torch.from_numpy(y)
        self.parameters = [torch.from_numpy(value) for value in parameters]
        self.gradient = [torch.empty_like(value) for value in self.parameters]
        rows = len(x)
        self.hidden1, self.hidden2, self.prediction = [torch.empty(rows, len(b)) for b in parameters[1::2]]
        self.delta1, self.delta2 = torch.empty_like(self.hidden1), torch.empty_like(self.hidden2)
        self.mode = mode

    def predict(self):
        w1, b1, w2, b2, w3, b3 = self.parameters
        torch.addmm(b1, self.x, w1, out=self.hidden1).sigmoid_()
        torch.addmm(b2, self.hidden1, w2, out=self.hidden2).sigmoid_()
        torch.addmm(b3, self.hidden2, w3, out=self.prediction)

    def differentiate(self):
        self.predict()
        _, _, w2, _, w3, _ = self.parameters
        w1_bar, b1_bar, w2_bar, b2_bar, w3_bar, b3_bar = self.gradient
        rows = len(self.x)
        delta3 = self.prediction.sub_(self.y)
        self.value = torch.dot(delta3.view(-1), delta3.view(-1)) / rows
        delta3.mul_(2.0 / rows)
        torch.mm(self.hidden2.t(), delta3, out=w3_bar)
        torch.sum(delta3, 0, out=b3_bar)
        torch.mm(delta3, w3.t(), out=self.delta2)
        torch.ops.aten.sigmoid_backward.grad_input(self.delta2, self.hidden2, grad_input=self.delta2)
        torch.mm(self.hidden1.t(), self.delta2, out=w2_bar)
        torch.sum(self.delta2, 0, out=b2_bar)
        torch.mm(self.delta2, w2.t(), out=self.delta1)
        torch.ops.aten.sigmoid_backward.grad_input(self.delta1, self.hidden1, grad_input=self.delta1)
        torch.mm(self.x.t(), self.delta1, out=w1_bar)
        torch.sum(self.delta1, 0, out=b1_bar)

    def run(self, calls):
        with torch.inference_mode():
            for _ in range(calls):
                if self.mode == "forward":
                    self.predict()
                    continue
                self.differentiate()
                if self.mode == "step":
                    torch._foreach_add_(self.parameters, self.gradient, alpha=-problems.RATE)

    def evidence(self):
        if self.mode == "forward":
            return [float(self.prediction.norm())]
        norms = [float(g.norm()) for g in self.gradient] if self.mode == "gradient" else []
        return [float(self.value), *norms]
