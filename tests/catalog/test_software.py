"""What runs the benchmark on which accelerator."""

from __future__ import annotations

import pytest

from rackwright.catalog import Software, all_software, machines, slice_types, software_for

EVERY = pytest.mark.parametrize("each", all_software(), ids=lambda each: f"{each.accelerator}:{each.arch}")


def test_hopper_gets_tensorflow_with_open_modules() -> None:
    """H100: TensorFlow 2.21 with CUDA, driver branch 580, open kernel modules."""
    h100 = software_for("H100")
    assert h100 is not None
    assert (h100.tensorflow, h100.backend, h100.driver_branch, h100.kernel_modules) == (
        "2.21.0", "tensorflow", "580", "open",
    )  # fmt: skip


def test_volta_stays_on_the_last_tensorflow_with_kernels_for_it() -> None:
    """V100: TensorFlow 2.19.1 with its pinned cuDNN, and the proprietary modules."""
    v100 = software_for("V100")
    assert v100 is not None
    assert (v100.tensorflow, v100.cudnn, v100.kernel_modules) == ("2.19.1", "9.3.0.75", "proprietary")


def test_blackwell_runs_keras_on_jax_and_says_why() -> None:
    """B200: the benchmark's backend is JAX, because TensorFlow's wheels lack its kernels."""
    b200 = software_for("B200")
    assert b200 is not None
    assert (b200.backend, b200.refused) == ("jax", None)
    assert "Blackwell" in (b200.instead_because or "")


def test_trainium_is_refused() -> None:
    """Trainium: nothing to install, with the reason."""
    trainium = software_for("Trainium")
    assert trainium is not None
    assert (trainium.backend, trainium.requirements) == (None, ())
    assert "Neuron" in (trainium.refused or "")


def test_hosts_without_accelerator_get_the_cpu_build() -> None:
    """No accelerator: the CPU wheel and no driver."""
    cpu = software_for(None)
    assert cpu is not None
    assert (cpu.requirements, cpu.driver_branch) == (("tensorflow-cpu==2.21.0",), None)


def test_every_machine_and_slice_has_an_answer() -> None:
    """Whatever the catalog sells, it knows what runs there, or why nothing does."""
    wanted = {(each.accelerator, each.arch) for each in (*machines(), *slice_types())}
    assert {key for key in wanted if software_for(*key) is None} == set()


@EVERY
def test_a_backend_or_a_refusal(each: Software) -> None:
    """Either there is something to install, or a reason why not; JAX always says why it is not TensorFlow."""
    assert (each.refused is None) == (each.backend is not None) == bool(each.requirements)
    assert each.backend != "jax" or each.instead_because


@EVERY
def test_python_range_is_ordered(each: Software) -> None:
    """The oldest Python is not newer than the newest."""
    if each.python_min and each.python_max:
        oldest, newest = (tuple(map(int, text.split("."))) for text in (each.python_min, each.python_max))
        assert oldest <= newest
