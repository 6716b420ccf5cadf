//! A table as a Parquet file, compressed with Snappy, which every engine reads.

use super::{
    error::ExportError,
    table::{Column, Table, Values},
};
use parquet::{
    basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical},
    data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type},
    errors::ParquetError,
    file::{
        properties::WriterProperties,
        writer::{SerializedColumnWriter, SerializedFileWriter},
    },
    schema::types::{Type, TypePtr},
};
use std::{io::Write, sync::Arc};

/// Rows that are held in memory at once while they are written.
const ROWS_PER_GROUP: usize = 128 * 1024;

/// Named in the file instead of the library and its version, so that equal rows are equal bytes.
const CREATED_BY: &str = "change-ledger";

/// Writes the chosen rows. Times are milliseconds in UTC; every column may be null.
pub(super) fn write(table: &Table<'_>, rows: &[usize], to: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    let fields: Vec<TypePtr> = table.columns.iter().map(field).collect::<Result<_, _>>()?;
    let schema = Arc::new(Type::group_type_builder(table.name).with_fields(fields).build()?);
    let properties =
        WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by(CREATED_BY.to_owned()).build();
    let mut file = SerializedFileWriter::new(to, schema, Arc::new(properties))?;
    for rows in rows.chunks(ROWS_PER_GROUP) {
        let mut group = file.next_row_group()?;
        for column in &table.columns {
            let Some(mut chunk) = group.next_column()? else {
                return Err(ParquetError::General(format!("no place for the column {}", column.name)).into());
            };
            write_column(&mut chunk, &column.values, rows)?;
            chunk.close()?;
        }
        group.close()?;
    }
    file.close()?;
    Ok(())
}

fn field(column: &Column<'_>) -> Result<TypePtr, ParquetError> {
    let (physical, logical) = match column.values {
        Values::Text(_) => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Values::Integer(_) => (Physical::INT64, None),
        Values::Number(_) => (Physical::DOUBLE, None),
        Values::Boolean(_) => (Physical::BOOLEAN, None),
        Values::Moment(_) => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MILLIS))),
    };
    let builder = Type::primitive_type_builder(&column.name, physical).with_repetition(Repetition::OPTIONAL);
    Ok(Arc::new(builder.with_logical_type(logical).build()?))
}

fn write_column(
    chunk: &mut SerializedColumnWriter<'_>,
    values: &Values<'_>,
    rows: &[usize],
) -> Result<(), ParquetError> {
    match values {
        Values::Text(values) => write_values::<ByteArrayType>(chunk, rows, |row| {
            values.get(row)?.as_deref().map(|text| ByteArray::from(text.as_bytes().to_vec()))
        }),
        Values::Integer(values) | Values::Moment(values) => {
            write_values::<Int64Type>(chunk, rows, |row| values.get(row).copied().flatten())
        }
        Values::Number(values) => write_values::<DoubleType>(chunk, rows, |row| values.get(row).copied().flatten()),
        Values::Boolean(values) => write_values::<BoolType>(chunk, rows, |row| values.get(row).copied().flatten()),
    }
}

fn write_values<D: DataType>(
    chunk: &mut SerializedColumnWriter<'_>,
    rows: &[usize],
    value: impl Fn(usize) -> Option<D::T>,
) -> Result<(), ParquetError> {
    let values: Vec<Option<D::T>> = rows.iter().map(|row| value(*row)).collect();
    let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let present: Vec<D::T> = values.into_iter().flatten().collect();
    chunk.typed::<D>().write_batch(&present, Some(&levels), None)?;
    Ok(())
}
