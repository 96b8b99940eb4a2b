"""Smaller forms of a graph, from the smallest to the exact one."""

import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import GraphProto, NodeProto, TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

# Tables that are looked up by these inputs become int8, with a scale per row (axis 1) or per column (axis 0).
INT8_TABLES = {"input_ids": 1, "ngram_ids": 0}
BLOCK = 128
# In MatMulNBits, the activations are int8 as well, each block with a scale of its own.
INT8_ACTIVATIONS = 4


def write_int8(source: Path, target: Path) -> None:
    """Write the graph with int8 matrices, a scale per column, and int8 tables of tokens and n-grams.

    Position and type embeddings stay float32: they are small, and each is added to many tokens, so that its
    error does not average out. (With two token types in int8 a model of ours changed 2.2 % of its labels.)
    """
    with tempfile.TemporaryDirectory() as scratch:
        smaller = Path(scratch) / "smaller.onnx"
        _write_int8_embeddings(source, smaller)
        quantize_dynamic(
            smaller,
            target,
            op_types_to_quantize=["MatMul", "Gemm"],
            weight_type=QuantType.QInt8,
            per_channel=True,
        )


def write_int8_blocks(source: Path, target: Path) -> None:
    """Write the graph with int8 matrices, a scale per 128 weights of a column, the head in float32."""
    # Imported earlier, it would set up the logging of the whole program.
    from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer

    with tempfile.TemporaryDirectory() as scratch:
        smaller = Path(scratch) / "smaller.onnx"
        _write_int8_embeddings(source, smaller)
        quantizer = MatMulNBitsQuantizer(
            onnx.load(smaller), bits=8, block_size=BLOCK, is_symmetric=True, accuracy_level=INT8_ACTIVATIONS
        )
        quantizer.process()
        quantizer.model.save_model_to_file(str(target))


def write_float32(source: Path, target: Path) -> None:
    """Write the graph as it is."""
    shutil.copyfile(source, target)


# In the order in which an export tries them.
PRECISIONS: Mapping[str, Callable[[Path, Path], None]] = {
    "int8": write_int8,
    "int8 in blocks, its head in float32": write_int8_blocks,
    "float32": write_float32,
}


def _write_int8_embeddings(source: Path, target: Path) -> None:
    model = onnx.load(source)
    graph = model.graph
    # The quantizers infer shapes themselves and stumble over those that the exporter left in.
    del graph.value_info[:]
    nodes = [smaller for node in graph.node for smaller in _with_int8_table(node, graph)]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.save(model, target)


def _with_int8_table(node: NodeProto, graph: GraphProto) -> list[NodeProto]:
    """Return the nodes that do what `node` does, its table in int8 if INT8_TABLES wants that."""
    if node.op_type != "Gather" or node.input[1] not in INT8_TABLES:
        return [node]
    (table,) = [tensor for tensor in graph.initializer if tensor.name == node.input[0]]
    ids, axis = node.input[1], INT8_TABLES[node.input[1]]
    rows = numpy_helper.to_array(table)
    scales = np.maximum(np.abs(rows).max(axis=axis, keepdims=True) / 127, np.finfo(np.float32).tiny)
    steps_name, scales_name = f"{table.name}_int8", f"{table.name}_scales"
    graph.initializer.remove(table)
    graph.initializer.append(numpy_helper.from_array(np.round(rows / scales).astype(np.int8), steps_name))
    graph.initializer.append(numpy_helper.from_array(scales.astype(np.float32), scales_name))
    (output,) = node.output
    nodes = [
        helper.make_node("Gather", [steps_name, ids], [f"{output}_int8"]),
        helper.make_node("Cast", [f"{output}_int8"], [f"{output}_steps"], to=TensorProto.FLOAT),
    ]
    if axis == 1:
        scales_name, rows_of_scales = f"{output}_scales", scales_name
        nodes.append(helper.make_node("Gather", [rows_of_scales, ids], [scales_name]))
    return [*nodes, helper.make_node("Mul", [f"{output}_steps", scales_name], [output])]
