"""Formulas of every kind that notes about machine learning have, made up for this."""

from typing import Final

FORMULAS: Final = {
    "fraction": r"\frac{\partial L}{\partial w} = \frac{1}{n}\sum_{i=1}^{n}(\hat{y}_i - y_i)\,x_i",
    "root": r"\sqrt{\frac{a^2 + b^2}{2}} \ge \sqrt[3]{abc}",
    "softmax": r"\operatorname{softmax}(z)_i = \frac{e^{z_i}}{\sum_{j=1}^{K} e^{z_j}}",
    "attention": r"\mathrm{head}_i = \mathrm{Attn}\left(XW_i^Q, XW_i^K, "
    r"XW_i^V\right) \in \mathbb{R}^{n \times d_v}",
    "cases": r"\operatorname{elu}(x) = \begin{cases} x, & x > 0 \\ "
    r"\alpha(e^x - 1), & x \le 0 \end{cases}",
    "cases with Chinese": r"g(x) = \begin{cases} 1, & \text{训练时} \\ p, & "
    r"\text{测试时，} p \text{ 为保留率} \end{cases}",
    "bare Chinese": r"损失 = \frac{错误数}{总数}",
    "aligned": r"\begin{aligned} m_t &= \beta_1 m_{t-1} + (1-\beta_1) g_t \\ "
    r"\hat{m}_t &= m_t / (1-\beta_1^t) \end{aligned}",
    "matrix": r"A = \begin{bmatrix} a_{11} & \cdots & a_{1n} \\ \vdots & \ddots "
    r"& \vdots \\ a_{m1} & \cdots & 0 \end{bmatrix}",
    "determinant": r"\det\begin{vmatrix} \lambda - 1 & 2 \\ 2 & \lambda - 4 \end{vmatrix} = 0",
    "array": r"\left(\begin{array}{cc|c} 1 & 0 & x \\ 0 & 1 & y \end{array}\right)",
    "integral": r"\int_{-\infty}^{\infty} e^{-x^2}\,dx = \sqrt{\pi}",
    "limit": r"\lim_{n \to \infty}\left(1 + \frac{1}{n}\right)^{n} = e",
    "argmax": r"\theta^* = \arg\max_{\theta} \prod_{i=1}^{m} p(x^{(i)}; \theta)",
    "expectation": r"\mathcal{L} = -\mathbb{E}_{q(z|x)}\left[\log "
    r"p_\theta(x|z)\right] + D_{\mathrm{KL}}\left(q \,\|\, p\right)",
    "underbrace": r"\underbrace{W_0}_{\text{frozen}} + "
    r"\underbrace{\frac{\alpha}{r} BA}_{\text{trained}}",
    "overline": r"\overline{x} = \frac{1}{n}\sum_i x_i, \quad \vec{v} "
    r"\cdot \hat{n}, \quad \tilde{h}_t",
    "binomial": r"\binom{n}{k} = \frac{n!}{k!\,(n-k)!}",
    "substack": r"\sum_{\substack{i < j \\ i \in S}} a_i a_j",
    "sets": r"\{x \in \mathbb{R} \mid x^2 \le 2\} \subset \mathbb{C}, "
    r"\quad \forall \varepsilon > 0\ \exists \delta",
    "arrows": r"h_{t-1} \xrightarrow{\ W\ } h_t \Rightarrow \nabla_\theta J(\theta) \propto \Delta",
    "nested": r"\cfrac{1}{1 + \cfrac{1}{1 + \cfrac{1}{x}}}",
    "norms": r"\left\| x \right\|_2^2 + \lambda \left\| w \right\|_1 \le \epsilon",
    "Greek": r""
    r"\alpha\beta\gamma\delta\epsilon\zeta\eta\theta\iota\kappa\lambda\mu\xi\pi\rho\sigma\tau\chi\psi\omega",
    "as people type it": "a₁ = e^(z₁) / (e^(z₁) + e^(z₂)),  R\\_{t} = γ^n",
    "numbers": r"7 \times 10^9\ \text{parameters} \approx 14\,\text{GB} \quad (\text{bf16})",
    "colour": r"\textcolor{red}{x} + \boxed{y^2} = \cancel{z}",
    "tag": r"E = mc^2 \tag{1}",
    "wide": r"\operatorname{MLP}(x) = W_3\,\sigma\left(W_2\,\sigma\left(W_1 x + b_1\right) + b_2\right) + b_3,"
    r"\quad W_1 \in \mathbb{R}^{4d \times d},\ W_3 \in \mathbb{R}^{d \times 4d}",
    "gathered": r"\begin{gathered} P(A \mid B) = \frac{P(B \mid A)\,P(A)}{P(B)} \\ P(B) > 0 \end{gathered}",
    "written badly": "loss = −log(aⱼ) + λ‖w‖²，其中 λ>0",
}
